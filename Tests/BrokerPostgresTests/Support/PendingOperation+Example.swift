import Foundation
import IdentityBroker

@testable import BrokerPostgres

extension PendingOperation {
    /// An operation that reserves a credential and puts its answer into the box.
    static func reserving(
        _ reservation: OneTimeReservation,
        at now: Date = .at(0),
        submitted: ContinuousClock.Instant = .now,
        answer: Locked<Bool?> = Locked(nil)
    ) -> PendingOperation {
        PendingOperation(
            work: .reserve(reservation, at: now) { result in answer.withLock { $0 = try? result.get() } },
            submitted: submitted
        )
    }

    static func recording(
        _ event: AuditEvent = .example(),
        of reservation: OneTimeReservation? = nil,
        as outcome: OneTimeOutcome = .spent
    ) throws -> PendingOperation {
        let settlement = reservation.map { Settlement(reservation: $0, outcome: outcome) }
        let conclusion = Conclusion(try StoredEvent(event), settlement)
        return PendingOperation(work: .conclude(conclusion) { _ in }, submitted: .now)
    }

    /// An operation that signs in and puts its answer into the box.
    static func signingIn(
        _ signIn: SignIn = .example(),
        of reservation: OneTimeReservation? = nil,
        answer: Locked<AccountID?> = Locked(nil)
    ) throws -> PendingOperation {
        let settlement = reservation.map { Settlement(reservation: $0, outcome: .spent) }
        let conclusion = Conclusion(try StoredEvent(.example()), settlement, StoredSignIn(signIn))
        return PendingOperation(
            work: .conclude(conclusion) { result in
                guard case .success(.done(_, let account)) = result else { return }
                answer.withLock { $0 = account }
            },
            submitted: .now
        )
    }

    static func transacting() throws -> PendingOperation {
        let plan = try CommitPlan([.delete(StoredRecord.fresh().key)], at: .at(0))
        return PendingOperation(work: .commit(try StoredCommit(plan)) { _ in }, submitted: .now)
    }

    static func asking(_ sql: String = "SELECT 1") -> PendingOperation {
        PendingOperation(work: .run(Statement(sql)) { _ in }, submitted: .now)
    }
}

extension StoredSignIn {
    /// The first operation of a commit at the time of the login.
    init(_ signIn: SignIn) {
        self.init(signIn, place: 0, now: signIn.time)
    }
}
