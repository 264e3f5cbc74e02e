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

/// Tells operators that the signing keys cannot be refreshed, for as long as that lasts. Nothing else would show it,
/// since the current keys keep working: a key is published long before it signs.
struct KeyRefreshReport: Sendable {
    private var trouble = LastingTrouble<String>()
    private let logger: Logger

    init(to logger: Logger) {
        self.logger = logger
    }

    /// Records the result of a refresh.
    mutating func record(_ failure: BrokerError?, at uptime: Duration) {
        guard let news = trouble.observe(failure?.message, at: uptime) else { return }
        var metadata: Logger.Metadata = [:]
        if let failure { metadata["broker.reason"] = "\(failure.message)" }
        if let seconds = news.seconds { metadata["broker.lasting_seconds"] = "\(seconds)" }
        if news.isOver {
            logger.notice("signing keys refreshed again", metadata: metadata)
        } else {
            logger.error("signing keys not refreshed", metadata: metadata)
        }
    }
}

/// Logs counted events once a second, so that a flood costs one line a second instead of one per event.
struct PeriodicReport: Service {
    private let report: @Sendable () -> Void

    /// - Parameter report: Logs what was counted since the last call, if anything.
    init(_ report: @escaping @Sendable () -> Void) {
        self.report = report
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            repeat { report() } while (try? await Task.sleep(for: .seconds(1))) != nil
        }
        report()
    }
}
