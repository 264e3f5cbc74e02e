/// A way for a client to get tokens, as `grant_type` names it (RFC 6749 §4).
public struct GrantType: RawRepresentable, Sendable, Hashable {
    /// The name or URN.
    public let rawValue: String

    /// Names a grant type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Exchanges an upstream's credential for tokens (RFC 8693 §2.1).
    public static let tokenExchange = GrantType(rawValue: "urn:ietf:params:oauth:grant-type:token-exchange")
    /// Exchanges a refresh token for fresh tokens (RFC 6749 §6).
    public static let refreshToken = GrantType(rawValue: "refresh_token")
}

extension GrantType {
    /// Those that a client may be given, in the order in which they are listed.
    package static let all: [GrantType] = [.tokenExchange, .refreshToken]

    private static let registeredPrefix = "urn:ietf:params:oauth:grant-type:"

    /// What configuration calls it: the name without the prefix of registered ones, in snake case.
    package var configurationName: String {
        rawValue.replacing(Self.registeredPrefix, with: "").replacing("-", with: "_")
    }

    /// The grant type that configuration calls by this name; nil for none.
    package init?(configurationName name: String) {
        guard let grant = Self.all.first(where: { $0.configurationName == name }) else { return nil }
        self = grant
    }
}
