import Foundation
import IdentityBroker

@testable import BrokerPostgres

extension StoreOperation {
    /// An operation that reserves a credential and puts its answer into the box.
    static func reserving(
        _ reservation: OneTimeReservation,
        at now: Date = .at(0),
        submitted: ContinuousClock.Instant = .now,
        answer: Locked<Bool?> = Locked(nil)
    ) -> StoreOperation {
        StoreOperation(
            work: .reserve(reservation, at: now) { result in answer.withLock { $0 = try? result.get() } },
            submitted: submitted
        )
    }

    static func recording(
        _ event: AuditEvent = .example(),
        of reservation: OneTimeReservation? = nil,
        as outcome: OneTimeOutcome = .spent
    ) throws -> StoreOperation {
        let settlement = reservation.map { Settlement(reservation: $0, outcome: outcome) }
        return StoreOperation(work: .record(try StoredEvent(event), settlement) { _ in }, submitted: .now)
    }

    /// An operation that signs in and puts its answer into the box.
    static func signingIn(
        _ signIn: SignIn = .example(),
        of reservation: OneTimeReservation? = nil,
        answer: Locked<AccountID?> = Locked(nil)
    ) throws -> StoreOperation {
        let settlement = reservation.map { Settlement(reservation: $0, outcome: .spent) }
        let (stored, event) = (try StoredSignIn(signIn), try StoredEvent(.example()))
        return StoreOperation(
            work: .signIn(stored, event, settlement) { result in answer.withLock { $0 = try? result.get() } },
            submitted: .now
        )
    }

    static func transacting() -> StoreOperation {
        StoreOperation(work: .transact([Statement("SELECT 1"), Statement("SELECT 2")]) { _ in }, submitted: .now)
    }

    static func asking(_ sql: String = "SELECT 1") -> StoreOperation {
        StoreOperation(work: .run(Statement(sql)) { _ in }, submitted: .now)
    }
}
