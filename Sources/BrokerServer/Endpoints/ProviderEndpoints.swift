import BrokerTokens
import IdentityBroker

/// `GET /providers` and `GET /providers/{id}/launch`: what a client's buttons say, and what they do.
struct ProviderEndpoints: Sendable {
    let broker: Broker
    let listings: @Sendable () async -> [ProviderListing]

    /// Those that are switched on, in order.
    func list() async -> ProviderList {
        ProviderList(providers: await listings().filter { broker.isEnabled($0.id) }.map(ProviderList.Entry.init))
    }

    /// What an app passes on to open the provider's own.
    ///
    /// - Throws: ``OAuthError`` with status 404 where there is none of that id, it is switched off, or opens no app.
    func launch(_ id: String?) async throws(OAuthError) -> LaunchAnswer {
        let listing = await listings().first { $0.id.rawValue == id }
        guard let listing, broker.isEnabled(listing.id) else {
            throw OAuthError(.invalidRequest, "There is no such provider, or it is switched off.", status: 404)
        }
        guard let launch = listing.launch else {
            throw OAuthError(.invalidRequest, "A login with this provider opens no other app.", status: 404)
        }
        return LaunchAnswer(provider: listing.id, request: launch)
    }
}
