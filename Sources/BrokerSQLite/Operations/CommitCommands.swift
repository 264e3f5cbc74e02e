import GRDB
import IdentityBroker

import Foundation

/// Everything that a commit reads and writes, prepared before its transaction begins, as far as it does not depend on what
/// is there.
struct CommitCommands: Sendable {
    private enum Step: Sendable {
        case run(StoreCommand)
        /// Changes one row if the credential was not presented before.
        case reserve(StoreCommand)
        case signIn(SignInCommands)
    }

    private let plan: CommitPlan
    private let steps: [Step]
    /// Nil if it is not about records.
    private let records: RecordCommands?

    init(_ plan: CommitPlan) {
        self.plan = plan
        records = plan.isAboutRecords ? RecordCommands(plan) : nil
        steps = plan.operations.compactMap { operation in
            switch operation {
            case .reserve(let reservation): .reserve(.reserve(reservation, at: plan.now))
            case .settle(let reservation, let outcome): .run(.settle(reservation, as: outcome))
            case .signIn(let signIn): .signIn(SignInCommands(signIn))
            case .append(let event): .run(.append(event))
            case .put, .require, .consume, .delete, .deleteAll: nil
            }
        }
    }

    /// Does everything or nothing: a refused commit has written nothing to the transaction, which others share.
    ///
    /// - Returns: A failure if a row is not as a broker writes one, or there is too much to delete.
    func run(in database: Database) throws -> Result<CommitResult, StoreFailure> {
        if let reservation = loneReservation {
            return .success(try database.run(reservation) == 1 ? .done() : .refused(CommitRefusal(operation: 0)))
        }
        do {
            return .success(try decideAndRun(in: database))
        } catch let failure as StoreFailure {
            return .failure(failure)
        }
    }

    /// The statement of a commit that is nothing else: it decides and writes.
    private var loneReservation: StoreCommand? {
        guard plan.operations.count == 1, case .reserve(let reservation)? = steps.first else { return nil }
        return reservation
    }

    /// Writes once all that can be refused has been read.
    private func decideAndRun(in database: Database) throws -> CommitResult {
        let standing = try records?.look(in: database) ?? RecordCommands.Standing()
        let presented = try presented(in: database)
        let decision = plan.decide(standing.records, by: standing.time) { presented.contains($0) }
        guard case .done(let consumed, _) = decision else { return decision }
        var signIn: (commands: SignInCommands, decision: SignInCommands.Decision)?
        for case .signIn(let commands) in steps { signIn = (commands, try commands.decide(in: database)) }
        let account = signIn?.decision.linking.account
        try records?.run(standing, for: account, in: database)
        for step in steps {
            switch step {
            case .run(let command), .reserve(let command): try database.run(command)
            case .signIn: if let signIn { try signIn.commands.run(signIn.decision, in: database) }
            }
        }
        return .done(consumed: consumed, account: account)
    }

    private func presented(in database: Database) throws -> Set<OneTimeKey> {
        var presented: Set<OneTimeKey> = []
        for reservation in plan.reservations {
            if try !database.rows(.presented(reservation.key)).isEmpty { presented.insert(reservation.key) }
        }
        return presented
    }
}
