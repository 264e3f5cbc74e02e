import BrokerTokens
import Hummingbird
import IdentityBroker

import Foundation

/// `GET` or `POST /oauth2/userinfo`: the claims that an access token's scope allows (OpenID Connect Core §5.3).
struct UserInfoEndpoint: Sendable {
    let context: EndpointContext

    func respond(to request: Request) async throws(OAuthError) -> Data {
        let token: Secret
        do throws(OAuthError) {
            guard let presented = try BearerToken.read(request.headers) else { throw .missingToken }
            token = presented
        } catch {
            try await context.tokens.recordRefusal(error, of: .userInfo)
            throw error
        }
        return try await context.tokens.userInfo(token)
    }
}
