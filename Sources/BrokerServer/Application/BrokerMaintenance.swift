import BrokerTokens
import IdentityBroker
import Logging
public import ServiceLifecycle

/// What is done beside the requests: signing keys are kept up to date with the store, and rotated when they are due.
///
/// An app that mounts ``BrokerEndpoints`` adds it to its services.
public struct BrokerMaintenance: Service {
    private let keys: SigningKeys
    private let logger: Logger

    /// - Parameter endpoints: What is maintained.
    public init(of endpoints: BrokerEndpoints) {
        keys = endpoints.keys
        logger = endpoints.logger
    }

    /// Does it until the app is shut down.
    public func run() async {
        await cancelWhenGracefulShutdown { await refreshKeys() }
    }

    private func refreshKeys() async {
        while (try? await Task.sleep(for: .seconds(60))) != nil {
            do throws(BrokerError) {
                try await keys.refresh()
            } catch {
                // The keys at hand serve on: a key is published long before it signs.
                logger.error("signing keys not refreshed", metadata: ["broker.reason": "\(error.message)"])
            }
        }
    }
}
