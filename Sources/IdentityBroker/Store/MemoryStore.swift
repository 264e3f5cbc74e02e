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
    private let ledger: Locked<OneTimeLedger>
    private let events: Locked<AuditRing>

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - capacity: How many credentials are remembered; once full it refuses logins rather than forget one. At least 1.
    ///   - auditCapacity: How many audit events are kept, the newest. At least 1.
    public init(capacity: Int = 1_000_000, auditCapacity: Int = 1_000) {
        ledger = Locked(OneTimeLedger(capacity: max(1, capacity)))
        events = Locked(AuditRing(capacity: max(1, auditCapacity)))
    }

    /// Reserves a credential; see ``OneTimeStore/reserve(_:at:)``.
    public func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        switch ledger.withLock({ $0.reserve(reservation, at: now) }) {
        case .reserved: return true
        case .presentedBefore: return false
        case .full: throw StoreFailure("The memory store is full.", mayHaveHappened: false)
        }
    }

    /// Writes an event; see ``AuditLog/append(_:)``.
    public func append(_ event: AuditEvent) async throws(StoreFailure) {
        events.withLock { $0.append(event) }
    }

    /// Writes an event and settles a reservation; see ``LoginStore/conclude(_:as:recording:)``.
    public func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        ledger.withLock { $0.settle(reservation, as: outcome) }
        events.withLock { $0.append(event) }
    }

    /// The events kept, oldest first.
    public var auditEvents: [AuditEvent] { events.withLock { $0.events } }
}
