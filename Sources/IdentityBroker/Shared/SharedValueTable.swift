/// The state of the values that logins share: which are fresh, which are stale but usable, which are being fetched, and
/// which failed. A value that knows no clock, task or transport. Times are those of one stopwatch.
struct SharedValueTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// The number of a fetch, never reused.
    typealias Fetch = UInt64

    /// What a login asks for.
    enum Demand: Sendable, Equatable {
        /// The value.
        case any
        /// A value from a new fetch: the current one proved to be out of date for this login.
        case refetched
        /// A value from another fetch than this one, whose value the upstream refuses, and which no login uses from now
        /// on.
        case other(than: Fetch)
    }

    /// What a login that asks for a value gets.
    enum Answer: Sendable {
        /// The value.
        case value(Served)
        /// The remembered failure.
        case failure(BrokerError)
        /// A fetch to wait for. If it is new, the caller must begin it, and ``finish(_:of:with:at:)`` must follow.
        case fetch(Fetch, isNew: Bool, fallback: Fallback?)
        /// The maximum number of values is already being fetched.
        case full
    }

    /// A value, and the fetch that brought it.
    struct Served: Sendable {
        let value: Value
        let fetch: Fetch
    }

    /// An old value to use once the patience with a fetch is over, or if it fails.
    struct Fallback: Sendable {
        let served: Served
        let moment: Duration
    }

    /// What a fetch brought.
    struct Arrival: Sendable {
        let value: Value
        /// Its size for the bound.
        let bytes: Int
        /// The lifetime that the answer states; nil if it states none.
        let lifetime: Duration?
    }

    private struct Kept: Sendable {
        let served: Served
        let bytes: Int
        let freshUntil: Duration
        let servesUntil: Duration
    }

    private struct Flight: Sendable {
        let number: Fetch
        let began: Duration
        let isForced: Bool
    }

    private struct Slot: Sendable {
        var bounds: SharedValueBounds
        var kept: Kept?
        var flight: Flight?
        var failure: (error: BrokerError, until: Duration)?
        /// The last forced refetch, and why it failed.
        var forced: (began: Duration, failure: BrokerError?)?
        var lastUse: UInt64 = 0
    }

    private let maximumCount: Int
    private let maximumBytes: Int
    private var slots: [Key: Slot] = [:]
    private var uses: UInt64 = 0
    private var lastFetch: Fetch = 0

    /// Makes an empty table. One value is kept even if it exceeds the bound by itself.
    init(maximumCount: Int, maximumBytes: Int) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    var count: Int { slots.count }
    var bytes: Int { slots.values.reduce(0) { $0 + ($1.kept?.bytes ?? 0) } }

    func contains(_ key: Key) -> Bool { slots[key] != nil }

    /// Answers with the value, with who fetches it, or with why there is none.
    mutating func ask(
        for key: Key,
        _ demand: Demand = .any,
        within bounds: SharedValueBounds,
        at now: Duration
    ) -> Answer {
        uses += 1
        // What nearly every login gets, without copying the slot and looking for the key twice.
        if demand == .any, let index = slots.index(forKey: key), let kept = slots.values[index].kept,
            now < kept.freshUntil
        {
            slots.values[index].bounds = bounds
            slots.values[index].lastUse = uses
            return .value(kept.served)
        }
        var slot = slots[key] ?? Slot(bounds: bounds)
        slot.bounds = bounds
        slot.lastUse = uses
        let answer = answer(&slot, to: demand, at: now)
        if case .fetch(_, isNew: true, _) = answer {
            guard makeRoom(for: key) else { return .full }
        }
        slots[key] = slot
        return answer
    }

    /// Records the outcome of a fetch. If its value was dropped in the meantime, nothing changes.
    ///
    /// - Returns: The old value for those who did not ask for a refetch, if the fetch failed and there is one.
    mutating func finish(
        _ fetch: Fetch,
        of key: Key,
        with result: Result<Arrival, BrokerError>,
        at now: Duration
    ) -> Served? {
        guard var slot = slots[key], let flight = slot.flight, flight.number == fetch else { return nil }
        slot.flight = nil
        switch result {
        case .success(let arrival):
            // From the time of the request: the answer may have taken long.
            let freshUntil = flight.began + slot.bounds.freshness(stated: arrival.lifetime)
            slot.kept = Kept(
                served: Served(value: arrival.value, fetch: fetch), bytes: arrival.bytes, freshUntil: freshUntil,
                servesUntil: freshUntil + slot.bounds.staleness)
            slot.failure = nil
            slot.forced?.failure = nil
        case .failure(let error):
            slot.failure = (error, now + slot.bounds.failureMemory)
            if flight.isForced { slot.forced?.failure = error }
        }
        slots[key] = slot
        dropExcess(keeping: key)
        guard case .failure = result, let kept = slot.kept, now < kept.servesUntil else { return nil }
        return kept.served
    }

    /// Records that a fetch ended without an outcome, since no login waits for it: as if it had not begun.
    mutating func abandon(_ fetch: Fetch, of key: Key) {
        guard var slot = slots[key], let flight = slot.flight, flight.number == fetch else { return }
        slot.flight = nil
        if flight.isForced { slot.forced = nil }
        slots[key] = slot
    }

    /// Records that the upstream refuses a value that was just fetched to replace another. No login uses it, and none
    /// is fetched until the refetch interval has passed.
    mutating func refuse(_ fetch: Fetch, of key: Key, for reason: BrokerError, at now: Duration) {
        guard var slot = slots[key], slot.kept?.served.fetch == fetch else { return }
        slot.kept = nil
        slot.failure = (reason, now + max(slot.bounds.failureMemory, slot.bounds.refetchInterval))
        slots[key] = slot
    }

    private mutating func answer(_ slot: inout Slot, to demand: Demand, at now: Duration) -> Answer {
        let isForced = demand != .any
        // Otherwise every login until the next fetch would spend its credential on a value known to be refused.
        if let refused = slot.kept?.served.fetch, demand == .other(than: refused) { slot.kept = nil }
        let fresh = slot.kept.flatMap { now < $0.freshUntil ? $0.served : nil }
        // A forced refetch delays no other login, and a value that arrived after the refused one is a different one.
        if let fresh, demand != .refetched { return .value(fresh) }
        let fallback = isForced ? nil : fallback(slot, from: slot.flight?.began ?? now, at: now)
        if let flight = slot.flight {
            if let fallback, fallback.moment <= now { return .value(fallback.served) }
            return .fetch(flight.number, isNew: false, fallback: fallback)
        }
        if isForced, let forced = slot.forced, now - forced.began < slot.bounds.refetchInterval {
            if let failure = forced.failure { return .failure(failure) }
            return fresh.map { .value($0) } ?? .failure(.tooManyRefetches)
        }
        if let failure = slot.failure, now < failure.until {
            return fallback.map { .value($0.served) } ?? .failure(failure.error)
        }
        return begin(&slot, isForced: isForced, fallback: fallback, at: now)
    }

    private mutating func begin(_ slot: inout Slot, isForced: Bool, fallback: Fallback?, at now: Duration) -> Answer {
        lastFetch += 1
        slot.flight = Flight(number: lastFetch, began: now, isForced: isForced)
        if isForced { slot.forced = (now, nil) }
        return .fetch(lastFetch, isNew: true, fallback: fallback)
    }

    private func fallback(_ slot: Slot, from began: Duration, at now: Duration) -> Fallback? {
        guard let kept = slot.kept, now < kept.servesUntil else { return nil }
        return Fallback(served: kept.served, moment: began + slot.bounds.patience)
    }

    /// Whether there is room for a value of this key, if necessary by dropping the least recently used one.
    private mutating func makeRoom(for key: Key) -> Bool {
        if slots[key] != nil || slots.count < maximumCount { return true }
        return dropOldest(keeping: key)
    }

    private mutating func dropExcess(keeping key: Key) {
        while bytes > maximumBytes, dropOldest(keeping: key) {}
    }

    private mutating func dropOldest(keeping key: Key) -> Bool {
        let idle = slots.filter { $0.key != key && $0.value.flight == nil }
        guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return false }
        slots[oldest.key] = nil
        return true
    }
}

extension BrokerError {
    fileprivate static var tooManyRefetches: BrokerError {
        BrokerError(.upstreamUnavailable, "The upstream refuses what it has just given to all logins. Try again later.")
    }
}
