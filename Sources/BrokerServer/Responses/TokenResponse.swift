import BrokerTokens
import IdentityBroker
import StrictJSON

import Foundation

/// A successful answer of the token endpoint (RFC 6749 §5.1; RFC 8693 §2.2.1).
struct TokenResponse {
    let tokens: IssuedTokens
    let isExchange: Bool

    var json: Data {
        var members: JSONObject = [
            "access_token": .string(tokens.accessToken.reveal()),
            "token_type": .string(IssuedTokens.tokenType),
            "expires_in": .integer(tokens.expiresIn.components.seconds),
        ]
        if isExchange { members["issued_token_type"] = .string(IssuedTokens.issuedTokenType) }
        if !tokens.scope.isEmpty { members["scope"] = .string(tokens.scope) }
        members["refresh_token"] = (tokens.refreshToken?.reveal()).map(JSONValue.string)
        members["id_token"] = (tokens.idToken?.reveal()).map(JSONValue.string)
        return Data(members.jsonBytes)
    }
}
