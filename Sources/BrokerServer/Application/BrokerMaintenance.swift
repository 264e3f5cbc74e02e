import BrokerTokens
import IdentityBroker
import Logging
public import ServiceLifecycle

/// What is done beside the requests: signing keys are kept up to date with the store, and rotated when they are due; the
/// service notices when its clock jumps.
///
/// An app that mounts ``BrokerEndpoints`` adds it to its services.
public struct BrokerMaintenance: Service {
    private let keys: SigningKeys
    private let broker: Broker
    private let logger: Logger

    /// - Parameter endpoints: What is maintained.
    public init(of endpoints: BrokerEndpoints) {
        keys = endpoints.keys
        broker = endpoints.providers.broker
        logger = endpoints.logger
    }

    /// Does it until the app is shut down.
    public func run() async {
        await cancelWhenGracefulShutdown { await refreshKeys() }
    }

    private func refreshKeys() async {
        var failure: String?
        while (try? await Task.sleep(for: SigningKeys.refreshInterval)) != nil {
            broker.observeClock()
            do throws(BrokerError) {
                try await keys.refresh()
                failure = nil
            } catch {
                // The keys at hand serve on: a key is published long before it signs.
                if error.message != failure {
                    logger.error("signing keys not refreshed", metadata: ["broker.reason": "\(error.message)"])
                }
                failure = error.message
            }
        }
    }
}
