/// A way for a client to get tokens, as `grant_type` names it (RFC 6749 §4).
public struct GrantType: RawRepresentable, Sendable, Hashable {
    /// The name or URN.
    public let rawValue: String

    /// Names a grant type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The grant type that configuration calls by this name; nil for none.
    package init?(configurationName name: String) {
        switch name {
        case "token_exchange": self = .tokenExchange
        case "refresh_token": self = .refreshToken
        default: return nil
        }
    }

    /// Exchanges an upstream's credential for tokens (RFC 8693 §2.1).
    public static let tokenExchange = GrantType(rawValue: "urn:ietf:params:oauth:grant-type:token-exchange")
    /// Exchanges a refresh token for fresh tokens (RFC 6749 §6).
    public static let refreshToken = GrantType(rawValue: "refresh_token")
}
