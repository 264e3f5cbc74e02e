import GRDB
import IdentityBroker

import Foundation

/// Everything a commit of records may write, prepared before its transaction begins.
struct RecordCommands: Sendable {
    private struct Put: Sendable {
        let key: RecordKey
        let write: StoreCommand
        let owners: [StoreCommand]
    }

    private let plan: RecordPlan
    private let reads: [StoreCommand]
    private let deletions: [StoreCommand]
    private let puts: [Put]
    private let appends: [StoreCommand]

    /// - Throws: ``StoreFailure`` if an event exceeds a size limit.
    init(_ plan: RecordPlan) throws(StoreFailure) {
        self.plan = plan
        reads = plan.named.map(StoreCommand.record)
        deletions = plan.taken.map(StoreCommand.delete)
        puts = plan.put.map { record in
            Put(
                key: record.key, write: .put(record, at: plan.now),
                owners: record.owners.map { .own(record.key, by: $0) })
        }
        appends = try plan.events.map { event throws(StoreFailure) in try StoreCommand.append(event) }
    }

    /// Does everything or nothing: a refused commit has written nothing to the transaction, which others share.
    ///
    /// - Returns: A failure if a named record is not as a broker writes one, or there is too much to delete.
    func run(in database: Database) throws -> Result<RecordCommit, StoreFailure> {
        let (commit, left): (RecordCommit, Date)
        do {
            (commit, left) = try decide(in: database)
        } catch let failure as StoreFailure {
            return .failure(failure)
        }
        guard case .done = commit else { return .success(commit) }
        let owned = try plan.owners.reduce(0) { count, owner in
            count + (try database.rows(.owned(by: owner, keptAfter: left)).count)
        }
        guard owned <= RecordOperation.mostOwned else { return .failure(.tooManyOwned) }
        for owner in plan.owners { try database.run(.deleteAll(ownedBy: owner, keptAfter: left)) }
        for deletion in deletions { try database.run(deletion) }
        for put in puts {
            try database.run(put.write)
            try database.run(.disown(put.key))
            for owner in put.owners { try database.run(owner) }
        }
        for append in appends { try database.run(append) }
        return .success(commit)
    }

    /// - Returns: The decision, and until when a record was kept that a deletion by owner leaves.
    private func decide(in database: Database) throws -> (RecordCommit, Date) {
        var standing: [RecordKey: StandingRecord] = [:]
        for (key, read) in zip(plan.named, reads) {
            standing[key] = try database.rows(read).first?.record()
        }
        // It says what is free of that which stands.
        let isTimed = !standing.isEmpty || !plan.owners.isEmpty
        let time = isTimed ? try database.rows(.storeTime).first?.storeTime() : nil
        return (plan.decide(standing, by: time), plan.purgeable(by: time))
    }
}
