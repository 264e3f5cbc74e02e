import BrokerTokens
import Hummingbird
import IdentityBroker

/// Endpoints to which people's browsers come.
extension BrokerEndpoints {
    func addBrowser<Context: RequestContext>(to router: RouterGroup<Context>) {
        addLogins(to: router)
        let (authorization, logout) = (AuthorizationEndpoint(front: front), LogoutEndpoint(front: front))
        Route<Context>("oauth2/authorize").visit { [front] request, context in
            await authorization.open(front.visit(request, context))
        }.post { [front] request, context in
            await authorization.post(front.visit(request, context))
        }.add(to: router)
        Route<Context>("oauth2/logout").visit { [front] request, context in
            await logout.open(front.visit(request, context))
        }.post { [front] request, context in
            await logout.post(front.visit(request, context))
        }.add(to: router)
        let account = AccountEndpoint(front: front)
        Route<Context>("account").get { [front] request, context in
            await account.show(front.visit(request, context))
        }.post { [front] request, context in
            await account.post(front.visit(request, context))
        }.add(to: router)
        let device = DeviceEndpoint(front: front)
        Route<Context>("device").get { [front] request, context in
            await device.show(front.visit(request, context))
        }.post { [front] request, context in
            await device.post(front.visit(request, context))
        }.add(to: router)
        Route<Context>(RouterPath(SubmitScript.path)).get { _, _ in SubmitScript.response }.add(to: router)
    }

    private func addLogins<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (login, callback, consent) = (
            LoginEndpoint(front: front), CallbackEndpoint(front: front), ConsentEndpoint(front: front)
        )
        Route<Context>("login").visit { [front] request, context in
            await login.show(front.visit(request, context))
        }.add(to: router)
        Route<Context>("login/{id}").visit { [front] request, context in
            await login.begin(front.visit(request, context), at: context.parameters.get("id"))
        }.add(to: router)
        Route<Context>("callback/{id}").visit { [front] request, context in
            await callback.open(front.visit(request, context), at: context.parameters.get("id"))
        }.post { [front] request, context in
            await callback.post(front.visit(request, context), at: context.parameters.get("id"))
        }.add(to: router)
        Route<Context>("consent").visit { [front] request, context in
            await consent.show(front.visit(request, context))
        }.post { [front] request, context in
            await consent.post(front.visit(request, context))
        }.add(to: router)
    }
}
