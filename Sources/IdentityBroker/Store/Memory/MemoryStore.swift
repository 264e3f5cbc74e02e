public import Foundation

/// A store in this process's memory: for one process, for as long as it runs.
///
/// Spent credentials are forgotten when the process ends, so a restart within a ticket's lifetime allows sending it
/// twice; then only the upstream enforces single use.
public final class MemoryStore: BrokerStore {
    /// One value behind one lock: an outcome and its event become visible together or not at all.
    struct Contents: Sendable {
        var ledger: OneTimeLedger
        var events: AuditRing
        var accounts: AccountLedger
        var records: RecordLedger
        var time: StoreTime?

        mutating func believedTime(at now: Date) -> Date {
            var time = time ?? StoreTime(believed: events.events.map(\.began).min() ?? now)
            defer { self.time = time }
            return time.observe(now)
        }

        mutating func reserve(_ reservation: OneTimeReservation, at now: Date) -> OneTimeLedger.Answer {
            let expiry = time?.expiry(of: reservation, at: now)
            let answer = ledger.reserve(reservation, until: expiry)
            // No other process purges it.
            guard answer == .full, ledger.purge(at: believedTime(at: now), atMost: .max) > 0 else { return answer }
            return ledger.reserve(reservation, until: expiry)
        }
    }

    let contents: Locked<Contents>

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - capacity: How many credentials, accounts and records are kept, each; a full store refuses instead of
    ///     dropping one. At least 1.
    ///   - auditCapacity: How many of the newest audit events are kept. At least 1.
    public init(capacity: Int = 1_000_000, auditCapacity: Int = 1_000) {
        contents = Locked(
            Contents(
                ledger: OneTimeLedger(capacity: max(1, capacity)),
                events: AuditRing(capacity: max(1, auditCapacity)),
                accounts: AccountLedger(capacity: max(1, capacity)),
                records: RecordLedger(capacity: max(1, capacity))
            ))
    }

    /// Reserves a credential; see ``OneTimeStore/reserve(_:at:)``.
    public func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        switch contents.withLock({ $0.reserve(reservation, at: now) }) {
        case .reserved: return true
        case .presentedBefore: return false
        case .full: throw .memoryIsFull
        }
    }

    /// Writes an event; see ``AuditLog/append(_:)``.
    public func append(_ event: AuditEvent) async throws(StoreFailure) {
        contents.withLock { $0.events.append(event) }
    }

    /// Writes an event and settles a reservation; see ``LoginStore/conclude(_:as:recording:)``.
    public func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        contents.withLock { contents in
            contents.ledger.settle(reservation, as: outcome)
            contents.events.append(event)
        }
    }

    /// The newest events; see ``AuditLog/newestEvents(_:)``.
    public func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        auditEvents.suffix(max(0, count))
    }

    /// The time by which it may forget; see ``LoginStore/believedTime(at:)``.
    public func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        contents.withLock { $0.believedTime(at: now) }
    }

    /// Removes expired entries; see ``LoginStore/purge(at:atMost:)``.
    public func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        contents.withLock { contents in
            let purged = contents.ledger.purge(at: now, atMost: count)
            return purged + contents.records.purge(at: now, atMost: count - purged)
        }
    }

    /// Concludes a login that leads to an account; see ``AccountStore/signIn(_:spending:recording:)``.
    public func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        try contents.withLock { contents throws(StoreFailure) in
            guard let account = contents.accounts.account(for: signIn) else { throw .memoryIsFull }
            if !signIn.records.isEmpty { try contents.put(signIn, for: account) }
            contents.accounts.keep(signIn, in: account)
            if let reservation { contents.ledger.settle(reservation, as: .spent) }
            contents.events.append(event)
            return account
        }
    }

    /// The account of this id; see ``AccountStore/account(_:)``.
    public func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        contents.withLock { $0.accounts[id] }
    }

    /// The accounts with a contact; see ``AccountStore/accounts(with:_:atMost:)``.
    public func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        contents.withLock { $0.accounts.accounts(with: kind, value, atMost: AccountList.count(count)) }
    }

    /// Does nothing: there is nothing to close.
    public func close() async throws(StoreFailure) {}

    /// The events kept, oldest first.
    public var auditEvents: [AuditEvent] { contents.withLock { $0.events.events } }
}

/// The newest audit events, within a bound.
struct AuditRing: Sendable {
    private let capacity: Int
    private var slots: [AuditEvent] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The events kept, oldest first.
    var events: [AuditEvent] { Array(slots[oldest...] + slots[..<oldest]) }

    mutating func append(_ event: AuditEvent) {
        if slots.count < capacity {
            slots.append(event)
        } else {
            slots[oldest] = event
            oldest = (oldest + 1) % capacity
        }
    }
}
