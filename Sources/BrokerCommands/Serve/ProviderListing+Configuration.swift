import BrokerConfiguration
import BrokerServer
import IdentityBroker

extension ProviderListing {
    /// The provider that configuration describes.
    init(_ entry: ProviderEntry) {
        self.init(
            id: entry.id,
            displayName: entry.displayName,
            type: entry.manifest.type,
            credentials: entry.manifest.credentials.map(\.kind),
            // A type that opens no app says so by an error, and one that is switched off is not listed.
            launch: try? entry.launchRequest()
        )
    }
}
