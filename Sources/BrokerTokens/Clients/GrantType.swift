/// A way for a client to get tokens, as `grant_type` names it (RFC 6749 §4).
public struct GrantType: RawRepresentable, Sendable, Hashable {
    /// The name or URN.
    public let rawValue: String

    /// Names a grant type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Exchanges an authorization code for tokens (RFC 6749 §4.1.3).
    public static let authorizationCode = GrantType(rawValue: "authorization_code")
    /// Exchanges a refresh token for fresh tokens (RFC 6749 §6).
    public static let refreshToken = GrantType(rawValue: "refresh_token")
    /// Exchanges an upstream's credential for tokens (RFC 8693 §2.1).
    public static let tokenExchange = GrantType(rawValue: "urn:ietf:params:oauth:grant-type:token-exchange")
    /// Exchanges a device code, which a person has approved in a browser elsewhere, for tokens (RFC 8628 §3.4).
    public static let deviceCode = GrantType(rawValue: "urn:ietf:params:oauth:grant-type:device_code")
    /// Gives a client an access token of its own, without a person (RFC 6749 §4.4).
    public static let clientCredentials = GrantType(rawValue: "client_credentials")
}

extension GrantType {
    /// Those that a client may be given, in the order in which they are listed.
    package static let all: [GrantType] = [
        .authorizationCode, .refreshToken, .tokenExchange, .deviceCode, .clientCredentials,
    ]

    /// Those with which people sign in on the broker's own pages.
    static let interactive: Set<GrantType> = [.authorizationCode, .deviceCode]

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

extension Set<GrantType> {
    /// Whether people sign in on the broker's own pages for a client with these.
    package var areInteractive: Bool { !isDisjoint(with: GrantType.interactive) }

    /// Whether a client with these needs to name the APIs that its access tokens are for. Those of a client that only signs
    /// people in are for userinfo.
    package var needAudiences: Bool {
        contains(.tokenExchange) || contains(.clientCredentials) || !isEmpty && !areInteractive
    }
}
