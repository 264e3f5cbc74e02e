import BrokerTokens
import Hummingbird

/// Endpoints where clients and apps get and use tokens.
extension BrokerEndpoints {
    func addTokens<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (token, revocation) = (TokenEndpoint(context: context), RevocationEndpoint(context: context))
        Route<Context>("oauth2/token", challenge: .basic).post { request, _ throws(OAuthError) in
            try await Response(json: token.respond(to: request).json)
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
