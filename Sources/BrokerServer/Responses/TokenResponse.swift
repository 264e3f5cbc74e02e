import BrokerTokens
import IdentityBroker

/// A successful answer of the token endpoint (RFC 6749 §5.1; RFC 8693 §2.2.1).
struct TokenResponse: Encodable {
    let tokens: IssuedTokens
    let isExchange: Bool

    private enum CodingKeys: String, CodingKey {
        case scope
        case accessToken = "access_token"
        case issuedTokenType = "issued_token_type"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case idToken = "id_token"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tokens.accessToken.reveal(), forKey: .accessToken)
        if isExchange { try container.encode(IssuedTokens.issuedTokenType, forKey: .issuedTokenType) }
        try container.encode(IssuedTokens.tokenType, forKey: .tokenType)
        try container.encode(tokens.expiresIn.components.seconds, forKey: .expiresIn)
        if !tokens.scope.isEmpty { try container.encode(tokens.scope, forKey: .scope) }
        try container.encodeIfPresent(tokens.refreshToken?.reveal(), forKey: .refreshToken)
        try container.encodeIfPresent(tokens.idToken?.reveal(), forKey: .idToken)
    }
}
