import BrokerTokens
import IdentityBroker
import Logging
public import ServiceLifecycle

/// Background work: it keeps the signing keys up to date with the store, rotates them when they are due, and notices when
/// the clock jumps.
///
/// An app that mounts ``BrokerEndpoints`` adds it to its services.
public struct BrokerMaintenance: Service {
    private let keys: SigningKeys
    private let broker: Broker
    private let tokens: TokenService
    private let clock: BrokerClock
    private let logger: Logger

    /// - Parameter endpoints: What is maintained.
    public init(of endpoints: BrokerEndpoints) {
        keys = endpoints.keys
        broker = endpoints.providers.broker
        tokens = endpoints.context.tokens
        clock = endpoints.clock
        logger = endpoints.logger
    }

    /// Does it until the app is shut down.
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
        // A failure of the store is in the log.
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
