import BrokerTokens
import IdentityBroker
import Logging
public import ServiceLifecycle

/// Background work: keeps the signing keys in sync with the store, rotates them when due, and notices when the clock
/// jumps.
///
/// An app that mounts ``BrokerEndpoints`` adds it to its services.
public struct BrokerMaintenance: Service {
    private let keys: SigningKeys
    private let broker: Broker
    private let tokens: TokenService
    private let clock: BrokerClock
    private let logger: Logger

    /// - Parameter endpoints: The endpoints to maintain.
    public init(of endpoints: BrokerEndpoints) {
        keys = endpoints.keys
        broker = endpoints.providers.broker
        tokens = endpoints.context.tokens
        clock = endpoints.clock
        logger = endpoints.logger
    }

    /// Runs until the app is shut down.
    public func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await refreshKeys() }
                group.addTask { await recordRefusals() }
            }
        }
    }

    /// Writes counted refusals to the audit log once their kind is quiet.
    private func recordRefusals() async {
        // A failure of the store is already logged.
        repeat { try? await tokens.recordCountedRefusals() } while (try? await Task.sleep(for: .seconds(1))) != nil
        try? await tokens.recordCountedRefusals(isLast: true)
    }

    private func refreshKeys() async {
        var report = KeyRefreshReport(to: logger)
        while (try? await Task.sleep(for: SigningKeys.refreshInterval)) != nil {
            broker.observeClock()
            var failure: BrokerError?
            do throws(BrokerError) { try await keys.refresh() } catch { failure = error }
            report.record(failure, at: clock.uptime())
        }
    }
}
