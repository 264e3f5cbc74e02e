import GRDB
import IdentityBroker

import Foundation

/// What a sign-in reads and writes, except for its records.
struct SignInCommands: Sendable {
    private let signIn: SignIn
    private let find: StoreCommand

    init(_ signIn: SignIn) {
        self.signIn = signIn
        find = .identity(signIn.key)
    }

    /// Which account the sign-in leads to, as ``LinkingPolicy`` decides on what is there.
    struct Decision {
        let linking: LinkingDecision
        let found: FoundIdentity?
    }

    func decide(in database: Database) throws -> Decision {
        let found = try StoreRow.foundIdentity(signIn.key, in: database.rows(find))
        return Decision(linking: LinkingPolicy.decide(signIn, found: found), found: found)
    }

    /// Writes what was decided in the same transaction.
    func run(_ decision: Decision, in database: Database) throws {
        switch (decision.linking, decision.found) {
        case (.existing(let account), let found?): try update(found, of: account, in: database)
        case (.existing(let account), nil):
            try link(to: account, in: database)
            try database.run(.countChange(of: account))
        case (.new(let account), _):
            try database.run(.makeAccount(account, at: signIn.time))
            try link(to: account, in: database)
        }
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
}
