import BrokerTokens
import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Whether the service can take requests: it is not being stopped, its store takes writes, and it has keys to sign with.
///
/// The store is asked at most once a second, however many ask.
final class Readiness: Sendable {
    enum Answer: String, Sendable {
        case ready
        case draining
        case storeUnavailable = "store_unavailable"
        case noSigningKey = "no_signing_key"
    }

    private struct Probe: Sendable {
        let began: Duration
        let task: Task<Bool, Never>
    }

    private let store: any BrokerStore
    private let storeAccess: StoreAccess
    private let keys: SigningKeys
    private let gate: DrainGate
    private let clock: BrokerClock
    /// Names what the probe writes, and no credential.
    private let probeKey: OneTimeKey
    private let probe = Locked<Probe?>(nil)

    private static let interval = Duration.seconds(1)
    /// How long a probe may take: less than a load balancer waits for an answer.
    private static let patience = Duration.seconds(2)

    init(
        store: any BrokerStore,
        through storeAccess: StoreAccess,
        keys: SigningKeys,
        gate: DrainGate,
        clock: BrokerClock,
        randomness: RandomSource
    ) {
        self.store = store
        self.storeAccess = storeAccess
        self.keys = keys
        self.gate = gate
        self.clock = clock
        probeKey = OneTimeKey(digest: randomness.bytes(32))
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
                if let probe, now - probe.began < Self.interval { return probe.task }
                let task = Task { await self.probeStore() }
                probe = Probe(began: now, task: task)
                return task
            }
            return await task.value
        }
    }

    private func probeStore() async -> Bool {
        let (store, deadline) = (store, Deadline(in: Self.patience, by: clock))
        // It has expired when it is written: the next probe writes over it, and a purge takes it out.
        let now = clock.now()
        let reservation = OneTimeReservation(key: probeKey, login: UUID(), expiry: now)
        do throws(StoreFailure) {
            return try await storeAccess.call(.probe, until: deadline) { () async throws(StoreFailure) in
                _ = try await store.reserve(reservation, at: now)
                // A store without a key ring was emptied under us.
                return try await store.keyRing() != nil
            }
        } catch {
            return false
        }
    }
}
