import BrokerTokens
import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

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
    /// Names what the probe writes, and no credential.
    private let probeKey: Locked<OneTimeKey>
    private let randomness: RandomSource
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
        self.randomness = randomness
        probeKey = Locked(OneTimeKey(digest: randomness.bytes(32)))
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
                guard try await self.write(at: now) else { return false }
                // A store without a key ring was emptied under us.
                return try await store.keyRing() != nil
            }
        } catch {
            return false
        }
    }

    /// Whether the store wrote. Where it still holds the key, since the clock was set back, it writes nothing, which proves
    /// nothing: then it gets another key.
    private func write(at now: Date) async throws(StoreFailure) -> Bool {
        if try await reserve(probeKey.withLock { $0 }, at: now) { return true }
        let other = OneTimeKey(digest: randomness.bytes(32))
        probeKey.withLock { $0 = other }
        return try await reserve(other, at: now)
    }

    private func reserve(_ key: OneTimeKey, at now: Date) async throws(StoreFailure) -> Bool {
        // It has expired when it is written: the next probe writes over it, and a purge takes it out.
        try await store.reserve(OneTimeReservation(key: key, login: UUID(), expiry: now), at: now)
    }
}
