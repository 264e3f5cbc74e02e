extension SignIn {
    /// The commit that puts the sign-in's records for its account, by the clock of the login.
    ///
    /// - Throws: ``StoreFailure`` if they exceed a limit, or one is not new; nothing has happened. Whether they do does not
    ///   depend on the account.
    package func plan(for account: AccountID) throws(StoreFailure) -> RecordPlan {
        guard records.allSatisfy({ $0.version == 1 }) else {
            throw StoreFailure(
                "A sign-in has a record in a version after 1. Put only new records with it.", mayHaveHappened: false)
        }
        let puts = records.map { record in
            var record = record
            record.owners.insert(.account(account))
            return RecordOperation.put(record)
        }
        return try RecordPlan(puts, at: time)
    }
}

extension StoreFailure {
    /// The failure of a sign-in with a record whose id another one has, or had until recently.
    package static var recordIsTaken: StoreFailure {
        StoreFailure(
            "A sign-in has a record with an id that is taken. Give each new record an id of its own.",
            mayHaveHappened: false)
    }
}
