import BrokerTokens
import IdentityBroker

/// Whether the service can take requests: it is not being stopped, its store takes writes, and it has keys to sign with.
///
/// However many ask, one probe of the store runs at a time, and the next begins a second after it ended at the earliest.
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

    /// One look at the store for all who ask while it lasts, and the next only after a while.
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
                // It writes, and what it writes has a use: the store's time keeps up with this clock where nobody logs in,
                // and another process whose clock is ahead is not the only one that the store hears.
                _ = try await store.believedTime(at: now)
                // A store without a key ring was emptied under us.
                return try await store.keyRing() != nil
            }
        } catch {
            return false
        }
    }
}
