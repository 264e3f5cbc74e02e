import BrokerTokens
import Hummingbird
import IdentityBroker

/// `GET /providers` and `GET /providers/{id}/launch`: the labels and actions of a client's login buttons.
struct ProviderEndpoints: Sendable {
    let broker: Broker

    /// The enabled providers, in order.
    func list() -> ProviderList {
        ProviderList(providers: broker.enabledInstances.map(ProviderList.Entry.init))
    }

    /// What an app needs to open the provider's own app; 404 for a provider that does not exist, is disabled, or opens
    /// no app.
    func launch(_ id: String?) throws(OAuthError) -> Response {
        guard let instance = broker.enabledInstances.first(where: { $0.id.rawValue == id }) else {
            return Response(
                OAuthError(.invalidRequest, "The provider does not exist or is disabled."), status: .notFound)
        }
        guard let request = instance.launchRequest else {
            return Response(
                OAuthError(.invalidRequest, "A login with this provider does not open another app."), status: .notFound)
        }
        return try Response(answer: LaunchAnswer(provider: instance.id, request: request))
    }
}
