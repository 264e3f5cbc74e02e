import GRDB
import IdentityBroker

import Foundation

/// Everything that a sign-in writes, prepared before its transaction begins.
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

    /// - Returns: The identity's account, which is created if there is none yet.
    func run(in database: Database) throws -> AccountID {
        if let settle { try database.run(settle) }
        try database.run(append)
        let account = try account(in: database)
        if let proposal = signIn.grant {
            try database.run(.open(Grant(proposal, for: account, from: signIn.provider, at: signIn.time)))
        }
        return account
    }

    private func account(in database: Database) throws -> AccountID {
        guard let row = try database.rows(find).first else {
            try database.run(.makeAccount(signIn.newAccount, at: signIn.time))
            try database.run(.link(signIn))
            return signIn.newAccount
        }
        let account = try row.account()
        try database.run(update)
        return account
    }
}
