import GRDB
import IdentityBroker

import Foundation

/// What a commit does with records, prepared before its transaction begins, as far as it does not depend on an account.
struct RecordCommands: Sendable {
    private let plan: CommitPlan
    private let reads: [StoreCommand]
    private let deletions: [StoreCommand]

    init(_ plan: CommitPlan) {
        self.plan = plan
        reads = plan.named.map(StoreCommand.record)
        deletions = plan.taken.map(StoreCommand.delete)
    }

    /// What a commit finds: the named records that there are, and the store's time.
    struct Standing {
        var records: [RecordKey: StandingRecord] = [:]
        var time: StoreTime?
    }

    /// - Throws: ``StoreFailure`` if a named record is not as a broker writes one, or there is too much to delete.
    func look(in database: Database) throws -> Standing {
        var standing = Standing()
        for (key, read) in zip(plan.named, reads) {
            standing.records[key] = try database.rows(read).first?.record()
        }
        let owners = plan.owners
        // It says what is free of that which stands.
        guard !standing.records.isEmpty || !owners.isEmpty else { return standing }
        standing.time = try database.rows(.storeTime).first?.storeTime()
        let left = plan.purgeable(by: standing.time)
        let owned = try owners.reduce(0) { count, owner in
            count + (try database.rows(.owned(by: owner, keptAfter: left)).count)
        }
        guard owned <= StoreOperation.mostOwned else { throw StoreFailure.tooManyOwned }
        return standing
    }

    /// Does what was decided in the same transaction.
    ///
    /// - Parameter account: The account of the sign-in; nil if there is none.
    func run(_ standing: Standing, for account: AccountID?, in database: Database) throws {
        let left = plan.purgeable(by: standing.time)
        for owner in plan.owners { try database.run(.deleteAll(ownedBy: owner, keptAfter: left)) }
        for deletion in deletions { try database.run(deletion) }
        for record in plan.put(for: account) {
            try database.run(.put(record, at: plan.now))
            try database.run(.disown(record.key))
            for owner in record.owners { try database.run(.own(record.key, by: owner)) }
        }
    }
}
