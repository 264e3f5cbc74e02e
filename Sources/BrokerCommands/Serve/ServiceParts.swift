import BrokerConfiguration
import BrokerTokens
import IdentityBroker

/// What differs between a service in earnest and one against a sandbox.
struct ServiceParts: Sendable {
    /// Whose providers are served.
    let configuration: Configuration
    let store: any BrokerStore
    let encryptionKey: KeyEncryptionKey
    let clients: [TokenClient]
    /// The file to watch for changes; nil for none.
    let path: String?
}
