import BrokerTokens
import IdentityBroker

/// Whether the service can take requests: it is not stopping, its store accepts writes, and it has signing keys.
///
/// However many ask, only one probe of the store runs at a time, and the next begins at least a second after it ended.
final class Readiness: Sendable {
    enum Answer: String, Sendable, CaseIterable {
        case ready
        case draining
        case storeUnavailable = "store_unavailable"
        case noSigningKey = "no_signing_key"
    }

    private struct Probe: Sendable {
        let task: Task<Bool, Never>
        /// When it ended; nil while it runs.
        var ended: Duration?
    }

    private let store: any BrokerStore
    private let storeAccess: StoreAccess
    private let keys: SigningKeys
    private let gate: DrainGate
    private let clock: BrokerClock
    private let probe = Locked<Probe?>(nil)

    private static let interval = Duration.seconds(1)
    /// How long a probe may take: less than a load balancer waits for an answer.
    private static let patience = Duration.seconds(2)

    init(
        store: any BrokerStore,
        through storeAccess: StoreAccess,
        keys: SigningKeys,
        gate: DrainGate,
        clock: BrokerClock
    ) {
        self.store = store
        self.storeAccess = storeAccess
        self.keys = keys
        self.gate = gate
        self.clock = clock
    }

    func answer() async -> Answer {
        guard !gate.isLeaving else { return .draining }
        guard await storeWorks else { return .storeUnavailable }
        return keys.canSign ? .ready : .noSigningKey
    }

    /// One probe of the store, shared by all who ask while it runs, and repeated only after a pause.
    private var storeWorks: Bool {
        get async {
            let now = clock.uptime()
            let task = probe.withLock { probe in
                if let probe, probe.ended.map({ now - $0 < Self.interval }) ?? true { return probe.task }
                let task = Task {
                    let works = await self.probeStore()
                    let end = self.clock.uptime()
                    self.probe.withLock { $0?.ended = end }
                    return works
                }
                probe = Probe(task: task)
                return task
            }
            return await task.value
        }
    }

    private func probeStore() async -> Bool {
        let (store, deadline) = (store, Deadline(in: Self.patience, by: clock))
        let now = clock.now()
        do throws(StoreFailure) {
            return try await storeAccess.call(.probe, until: deadline) { () async throws(StoreFailure) in
                // It writes, and usefully: the store's time keeps up with this clock even without logins, and does not
                // depend only on another process whose clock is ahead.
                _ = try await store.believedTime(at: now)
                // A store without a key ring was emptied while in use.
                return try await store.record(SigningKeys.recordKey, at: now) != nil
            }
        } catch {
            return false
        }
    }
}
