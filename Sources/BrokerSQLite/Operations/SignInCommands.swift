import GRDB
import IdentityBroker

import Foundation

/// Everything that a sign-in writes, prepared before its transaction begins, as far as it does not depend on the account.
struct SignInCommands: Sendable {
    private let signIn: SignIn
    private let settle: StoreCommand?
    private let append: StoreCommand
    private let find: StoreCommand
    private let update: StoreCommand

    /// - Throws: ``StoreFailure`` if a value exceeds its size limit. SQLite's own limit would stop the process.
    init(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) throws(StoreFailure) {
        try StorableSize.check(signIn)
        self.signIn = signIn
        settle = reservation.map { StoreCommand.settle($0, as: .spent) }
        append = try StoreCommand.append(event)
        find = .account(of: signIn.key)
        update = .update(signIn)
    }

    /// Does everything or nothing: a refused sign-in has written nothing to the transaction, which others share.
    ///
    /// - Returns: The identity's account, which is created if there is none yet, or a failure if a record cannot be put.
    func run(in database: Database) throws -> Result<AccountID, StoreFailure> {
        let found = try database.rows(find).first?.account()
        let account = found ?? signIn.newAccount
        if let failure = try put(for: account, in: database) { return .failure(failure) }
        if let settle { try database.run(settle) }
        try database.run(append)
        if found == nil {
            try database.run(.makeAccount(account, at: signIn.time))
            try database.run(.link(signIn))
        } else {
            try database.run(update)
        }
        return .success(account)
    }

    private func put(for account: AccountID, in database: Database) throws -> StoreFailure? {
        guard !signIn.records.isEmpty else { return nil }
        switch try RecordCommands(signIn.plan(for: account)).run(in: database) {
        case .success(.done): return nil
        case .success(.refused): return .recordIsTaken
        case .failure(let failure): return failure
        }
    }
}
