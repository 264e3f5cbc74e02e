import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker

/// Endpoints where clients and apps get and use tokens.
extension BrokerEndpoints {
    func addTokens<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (token, revocation) = (TokenEndpoint(context: context), RevocationEndpoint(context: context))
        Route<Context>("oauth2/token", challenge: .basic).post { request, _ throws(OAuthError) in
            try await Response(json: token.respond(to: request).json)
        }.add(to: router)
        let (nonce, guards) = (NonceEndpoint(context: context), context.guards)
        Route<Context>("providers/{id}/nonce", challenge: .basic).post { request, context throws(OAuthError) in
            try await nonce.respond(
                to: request, at: context.parameters.get("id"), from: guards.origin(of: request, in: context))
        }.add(to: router)
        let pushed = PushedRequestEndpoint(context: context)
        Route<Context>("oauth2/par", challenge: .basic).post { request, context throws(OAuthError) in
            try await pushed.respond(to: request, from: guards.origin(of: request, in: context))
        }.add(to: router)
        Route<Context>("oauth2/revoke", challenge: .basic).post { request, _ throws(OAuthError) in
            try await revocation.respond(to: request)
            return Response(status: .ok, headers: [.cacheControl: "no-store", .pragma: "no-cache"])
        }.add(to: router)
    }

    func addIntrospection<Context: RequestContext>(to router: RouterGroup<Context>) {
        let introspection = IntrospectionEndpoint(context: context)
        Route<Context>("oauth2/introspect", challenge: .basic).post { request, _ throws(OAuthError) in
            Response(json: try await introspection.respond(to: request))
        }.add(to: router)
    }

    func addUserInfo<Context: RequestContext>(to router: RouterGroup<Context>) {
        let userInfo = UserInfoEndpoint(context: context)
        let showClaims: Route<Context>.Handler = { request, _ throws(OAuthError) in
            Response(json: try await userInfo.respond(to: request))
        }
        Route<Context>("oauth2/userinfo", challenge: .bearer(scope: "openid")).get(showClaims).post(showClaims).add(
            to: router)
    }
}

/// `POST /oauth2/introspect`: whether a token is active, and what it allows (RFC 7662).
struct IntrospectionEndpoint: Sendable {
    let context: EndpointContext

    func respond(to request: Request) async throws(OAuthError) -> Data {
        let request = try await ClientRequest(request, for: .introspect, in: context)
        let token = try await request.checking(.introspect, in: context) { form throws(OAuthError) in
            Secret(try form.required("token"))
        }
        return try await context.tokens.introspect(token, by: request.client).json
    }
}

/// `POST /oauth2/revoke`: the client no longer needs a token (RFC 7009).
struct RevocationEndpoint: Sendable {
    let context: EndpointContext

    func respond(to request: Request) async throws(OAuthError) {
        let request = try await ClientRequest(request, for: .revoke, in: context)
        let token = try await request.checking(.revoke, in: context) { form throws(OAuthError) in
            Secret(try form.required("token"))
        }
        try await context.tokens.revoke(token, for: request.client)
    }
}

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
        return try await context.tokens.userInfo(token) { AnswerReaders.current?.narrow(to: $0) }
    }
}
