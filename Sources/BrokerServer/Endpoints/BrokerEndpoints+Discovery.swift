import BrokerServing
import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker
import StrictJSON

/// Discovery endpoints.
extension BrokerEndpoints {
    func addDiscovery<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (providers, keys) = (providers, keys)
        let description = PreparedDocument(json: ServiceDescription.json, cachedFor: .seconds(300))
        addMetadata(at: ".well-known/openid-configuration", to: router)
        Route<Context>("oauth2/jwks").get { _, _ in
            Response(json: keys.jwks, cachedFor: Self.keySetLifetime)
        }.add(to: router)
        Route<Context>("providers").get { _, _ in providers.list() }.add(to: router)
        Route<Context>("providers/{id}/launch").get { _, context in
            providers.launch(context.parameters.get("id"))
        }.add(to: router)
        Route<Context>("openapi.json").get { _, _ in description.response }.add(to: router)
    }

    func addMetadata<Context: RequestContext>(at path: RouterPath, to router: RouterGroup<Context>) {
        let metadata = MetadataDocument(of: context.tokens, in: pages.languages)
        Route<Context>(path).get { _, _ in metadata.document().response }.add(to: router)
    }
}
