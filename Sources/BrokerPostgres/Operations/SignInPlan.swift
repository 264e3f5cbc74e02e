import IdentityBroker

/// What sign-ins lead to, as decided on what the server found.
struct SignInPlan: Sendable {
    /// A record to put for an account.
    struct Put: Sendable {
        let record: StoredRecord
        /// The time by the caller's clock.
        let now: Int64
        /// Whether it takes the place of a record that has expired.
        let replaces: Bool
    }

    /// The result of each sign-in, in order.
    private(set) var results: [Result<AccountID, StoreFailure>] = []
    /// Those whose account is to be created.
    private(set) var new: [StoredSignIn] = []
    /// Those whose identity has an account.
    private(set) var existing: [StoredSignIn] = []
    private(set) var puts: [Put] = []

    /// - Parameter answers: The answers to ``StoreStatements/lookUp(_:)``.
    /// - Throws: ``PostgresFailure`` if someone else wrote to the tables.
    init(_ signIns: [StoredSignIn], foundIn answers: [ResultRows]) throws(PostgresFailure) {
        self.init(
            signIns, accounts: try Self.table(of: answers[0]) { AccountID($0) },
            standing: answers.count > 1 ? try Self.table(of: answers[1]) { $0 == "t" } : [:])
    }

    /// - Parameters:
    ///   - accounts: The accounts of identities that have one, by the place of the sign-in.
    ///   - standing: Whether the ids of records that are there have become free, by the place of the one to put among all.
    init(_ signIns: [StoredSignIn], accounts: [Int: AccountID], standing: [Int: Bool]) {
        var firstRecord = 0
        for (place, signIn) in signIns.enumerated() {
            let records = signIn.signIn.records
            let standing = records.indices.map { standing[firstRecord + $0] }
            firstRecord += records.count
            add(signIn, of: accounts[place], standing)
        }
    }

    /// - Parameters:
    ///   - found: The account of the identity; nil if it has none.
    ///   - standing: For each record, whether its id has become free; nil if it was never taken.
    private mutating func add(_ signIn: StoredSignIn, of found: AccountID?, _ standing: [Bool?]) {
        let account = found ?? signIn.signIn.newAccount
        do throws(StoreFailure) {
            let records = signIn.signIn.records.isEmpty ? [] : try signIn.signIn.plan(for: account).put
            guard !standing.contains(false) else { throw .recordIsTaken }
            let now = Microseconds.since1970(signIn.signIn.time)
            puts += zip(records, standing).map { Put(record: $0, now: now, replaces: $1 == true) }
            if found == nil { new.append(signIn) } else { existing.append(signIn) }
            results.append(.success(account))
        } catch {
            results.append(.failure(error))
        }
    }

    /// The entries of a batch without the sign-ins that are refused.
    func accepted(of entries: [RecordBatch.Entry]) -> [RecordBatch.Entry] {
        var rest = results[...]
        return entries.filter { entry in
            guard entry.signIn != nil, case .failure = rest.popFirst() else { return true }
            return false
        }
    }

    /// The second column by the first, which counts from 1.
    private static func table<Value>(
        of answer: ResultRows,
        _ read: (String) -> Value?
    ) throws(PostgresFailure) -> [Int: Value] {
        var table: [Int: Value] = [:]
        for row in answer.rows {
            guard row.count == 2, let place = row[0].flatMap({ Int($0) }), let value = row[1].flatMap(read) else {
                throw PostgresFailure(
                    "it does not say which accounts it has found", mayHaveHappened: false, kind: .failed)
            }
            table[place - 1] = value
        }
        return table
    }
}
