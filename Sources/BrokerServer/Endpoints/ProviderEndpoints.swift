import BrokerTokens
import Hummingbird
import IdentityBroker

/// `GET /providers` and `GET /providers/{id}/launch`: what a client's buttons say, and what they do.
struct ProviderEndpoints: Sendable {
    let broker: Broker
    let listings: @Sendable () async -> [ProviderListing]

    /// Those that are switched on, in order.
    func list() async -> ProviderList {
        ProviderList(providers: await listings().filter { broker.isEnabled($0.id) }.map(ProviderList.Entry.init))
    }

    /// What an app passes on to open the provider's own; 404 for a provider that does not exist, is disabled, or opens no app.
    func launch(_ id: String?) async throws(OAuthError) -> Response {
        let listing = await listings().first { $0.id.rawValue == id }
        guard let listing, broker.isEnabled(listing.id) else {
            return Response(
                OAuthError(.invalidRequest, "The provider does not exist or is disabled."), status: .notFound)
        }
        guard let launch = listing.launch else {
            return Response(
                OAuthError(.invalidRequest, "A login with this provider does not open another app."), status: .notFound)
        }
        return try Response(answer: LaunchAnswer(provider: listing.id, request: launch))
    }
}
