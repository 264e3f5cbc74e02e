#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A store in this process's memory: for one process, for as long as it runs.
///
/// What was spent is forgotten with the process, so that a ticket could be sent twice around a restart within the
/// ticket's life; the upstream's own single use is all that stands against it then.
public final class MemoryStore: LoginStore {
    /// One value behind one lock: a verdict and its event are seen together or not at all.
    private struct Contents: Sendable {
        var ledger: OneTimeLedger
        var events: AuditRing
    }

    private let contents: Locked<Contents>

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - capacity: How many credentials are remembered; once full it refuses logins rather than forget one. At least 1.
    ///   - auditCapacity: How many audit events are kept, the newest. At least 1.
    public init(capacity: Int = 1_000_000, auditCapacity: Int = 1_000) {
        contents = Locked(
            Contents(
                ledger: OneTimeLedger(capacity: max(1, capacity)),
                events: AuditRing(capacity: max(1, auditCapacity))
            ))
    }

    /// Reserves a credential; see ``OneTimeStore/reserve(_:at:)``.
    public func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        switch contents.withLock({ $0.ledger.reserve(reservation, at: now) }) {
        case .reserved: return true
        case .presentedBefore: return false
        case .full: throw StoreFailure("The memory store is full.", mayHaveHappened: false)
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

    /// Forgets what has expired; see ``LoginStore/purge(at:atMost:)``.
    public func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        contents.withLock { $0.ledger.purge(at: now, atMost: count) }
    }

    /// The events kept, oldest first.
    public var auditEvents: [AuditEvent] { contents.withLock { $0.events.events } }
}
