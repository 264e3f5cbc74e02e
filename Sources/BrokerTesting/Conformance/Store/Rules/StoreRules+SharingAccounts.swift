import IdentityBroker

extension StoreRules {
    static let sharingAccounts: [StoreRule<StoreBench>] = [
        StoreRule(
            "accounts and what is put with a sign-in outlive the store that kept them",
            because: "Accounts last forever and sessions for weeks, but a broker restarts often."
        ) { bench in
            let before = try await bench.open()
            let signIn = SignIn.sample(putting: [.sample()])
            let account = try await before.signIn(signIn)
            let after = try await bench.open()
            try await after.mustShow(
                signIn.linked(since: 0, until: 0), in: account, resolution: bench.timeResolution)
            let later = try await after.signIn(.sample())
            try require(later == account, "a login after the storage was reopened got another account")
            try await after.mustHold(
                signIn.records(of: account)[0], resolution: bench.timeResolution, "after the storage was reopened")
        },
        StoreRule(
            "what one store does to accounts and their records is visible to others at once",
            because: "A person who signs out on one machine must not stay signed in on the next."
        ) { bench in
            let (one, other) = (try await bench.open(), try await bench.open())
            let signIn = SignIn.sample(putting: [.sample()])
            let owner = try await one.signIn(signIn)
            let record = signIn.records(of: owner)[0]
            try await other.mustHold(record, resolution: bench.timeResolution, "through another store")
            try await one.mustCommit([.put(record.next())], "of a next version")
            try await other.mustHold(record.next(), resolution: bench.timeResolution, "that another store replaced")
            try await other.mustRefuse([.put(record.next())], found: 2, "of a version that another store had put")
            let account = try await other.signIn(.sample())
            try require(account == owner, "a sign-in through another store got another account")
        },
        StoreRule(
            "many simultaneous first logins of one identity across many stores get one account",
            because: "A lock in one process does not affect another."
        ) { bench in
            try await oneAccount(among: 32, on: bench.openStores(2))
        },
        StoreRule(
            "simultaneous logins of many identities across many stores get their accounts",
            because: "Transactions that lock the same people in different orders wait for each other forever."
        ) { bench in
            let stores = try await bench.openStores(4)
            let people = 16
            let logins = try await race(256) { caller in
                // Each store visits the people in its own order.
                let person = (caller % 2 == 0 ? caller : 1_000_000 - caller) % people
                return (person, try await stores[caller % stores.count].signIn(.sample(person)))
            }
            for person in 0..<people {
                let accounts = Set(logins.filter { $0.0 == person }.map(\.1))
                try require(accounts.count <= 1, "logins of one of many identities got \(accounts.count) accounts")
            }
            let accounts = Set(logins.map(\.1))
            try require(accounts.count == people, "\(people) identities got \(accounts.count) accounts")
        },
        StoreRule(
            "simultaneous logins of one identity with other contacts across many stores leave those of the latest",
            because: "An address that was given up may belong to someone else by now."
        ) { bench in
            let stores = try await bench.openStores(4)
            for person in 0..<4 {
                let accounts = try await race(32) { caller in
                    let signIn = SignIn.sample(person, at: Double(caller)).verifying(
                        email: "person-\(person)@\(caller % 5).example", phone: caller == 31 ? nil : "+1234567\(caller)"
                    )
                    return try await stores[caller % stores.count].signIn(signIn)
                }
                try require(Set(accounts).count == 1, "32 logins of one identity got \(Set(accounts).count) accounts")
                let account = try await stores[0].account(accounts[0])
                let values = account?.contacts.map(\.value) ?? []
                try require(
                    values == ["person-\(person)@1.example"], "an account has \(values.count) contacts, or other ones")
                let versions = 1...32
                try require(
                    account.map { versions.contains($0.version) } == true, "32 logins made more than 32 versions")
            }
        },
        StoreRule(
            "the records of sign-ins beside deletions of all that their accounts own are kept or deleted together",
            because:
                "Of a person's sessions, all end or none does, and no login fails because another person signs out."
        ) { bench in
            let stores = try await bench.openStores(4)
            let people = 4
            let accounts = try await race(people) { try await stores[$0].signIn(.sample($0)) }
            for round in 0..<6 {
                let puts = try await race(24) { caller -> SignIn? in
                    let (store, person) = (stores[caller % stores.count], caller % people)
                    guard caller >= people else {
                        let owners = [accounts[person], accounts[(person + 1) % people]].map { RecordOwner.account($0) }
                        let operations = owners.map { StoreOperation.deleteAll(ownedBy: $0) }
                        try await store.mustCommit(
                            person.isMultiple(of: 2) ? operations : operations.reversed(), "beside sign-ins")
                        return nil
                    }
                    let first = 1_000 * round + 2 * caller
                    let signIn = SignIn.sample(
                        person, putting: [.sample(first), .sample(first + 1, kind: "kit_other")])
                    _ = try await store.signIn(signIn)
                    return signIn
                }
                for signIn in puts.compactMap(\.self) {
                    var kept: [RecordKey] = []
                    for record in signIn.records where try await stores[0].record(record.key, at: .second(0)) != nil {
                        kept.append(record.key)
                    }
                    try require(kept.count != 1, "of two records of one sign-in, one was deleted with its account's")
                }
                try await stores[0].mustCommit(
                    accounts.map { .deleteAll(ownedBy: .account($0)) }, "of all that some accounts own")
                for account in accounts {
                    try await stores[1].mustList([], as: .owned(by: .account(account)), "after all of it was deleted")
                }
            }
        },
    ]
}
