import GRDB
import IdentityBroker

import Foundation

/// Everything that a sign-in writes, prepared before its transaction begins, as far as it does not depend on the account.
struct SignInCommands: Sendable {
    private let signIn: SignIn
    private let settle: StoreCommand?
    private let append: StoreCommand
    private let find: StoreCommand

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
        find = .identity(signIn.key)
    }

    /// Does everything or nothing: a refused sign-in has written nothing to the transaction, which others share.
    ///
    /// - Returns: The identity's account, which is created if there is none yet, or a failure if a record cannot be put.
    func run(in database: Database) throws -> Result<AccountID, StoreFailure> {
        let found = try StoreRow.foundIdentity(signIn.key, in: database.rows(find))
        let decision = LinkingPolicy.decide(signIn, found: found)
        if let failure = try put(for: decision.account, in: database) { return .failure(failure) }
        if let settle { try database.run(settle) }
        try database.run(append)
        switch (decision, found) {
        case (.existing(let account), let found?): try update(found, of: account, in: database)
        case (.existing(let account), nil):
            try link(to: account, in: database)
            try database.run(.countChange(of: account))
        case (.new(let account), _):
            try database.run(.makeAccount(account, at: signIn.time))
            try link(to: account, in: database)
        }
        return .success(decision.account)
    }

    private func link(to account: AccountID, in database: Database) throws {
        try database.run(.link(signIn, to: account))
        for contact in signIn.contacts { try database.run(.keep(contact)) }
    }

    private func update(_ found: FoundIdentity, of account: AccountID, in database: Database) throws {
        let update = found.update(signIn.contacts, at: Timestamps.stored(signIn.time))
        try database.run(.update(signIn, update))
        guard update.changesContacts else { return }
        try database.run(.forgetContacts(of: signIn.key))
        for contact in signIn.contacts { try database.run(.keep(contact)) }
        try database.run(.countChange(of: account))
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
