import IdentityBroker

extension StoreRules {
    static let sharingAccounts: [StoreRule<StoreBench>] = [
        StoreRule(
            "accounts and grants outlive the store that kept them",
            because: "Accounts last forever and sessions for weeks, but a broker restarts often."
        ) { bench in
            let before = try await bench.openBrokerStore()
            let signIn = SignIn.sample(opening: .sample())
            let account = try await before.signIn(signIn)
            let grant = try await before.mustOpen(forPerson: 1)
            _ = try await before.replace(grant.next(revoked: true))
            let after = try await bench.openBrokerStore()
            try await after.mustShow(
                signIn.linked(since: 0, until: 0), in: account, resolution: bench.timeResolution)
            let later = try await after.signIn(.sample())
            try require(later == account, "a login after the storage was reopened got another account")
            let revoked = grant.next(revoked: true)
            try await after.mustHold(revoked, resolution: bench.timeResolution, "after the storage was reopened")
        },
        StoreRule(
            "what one store does to accounts and grants is visible to others at once",
            because: "A person who signs out on one machine must not stay signed in on the next."
        ) { bench in
            let (one, other) = (try await bench.openBrokerStore(), try await bench.openBrokerStore())
            let grant = try await one.mustOpen()
            try await other.mustHold(grant, resolution: bench.timeResolution, "through another store")
            _ = try await one.replace(grant.next(revoked: true))
            let revoked = grant.next(revoked: true)
            try await other.mustHold(revoked, resolution: bench.timeResolution, "through another store, revoked")
            let isReplaced = try await other.replace(grant.next())
            try require(!isReplaced, "another store replaced a version that had already been replaced")
            let account = try await other.signIn(.sample())
            try require(account == grant.account, "a sign-in through another store got another account")
        },
        StoreRule(
            "many simultaneous first logins of one identity across many stores get one account",
            because: "A lock in one process does not affect another."
        ) { bench in
            try await oneAccount(among: 32, on: bench.openBrokerStores(2))
        },
        StoreRule(
            "simultaneous logins of many identities across many stores get their accounts",
            because: "Transactions that lock the same people in different orders wait for each other forever."
        ) { bench in
            let stores = try await bench.openBrokerStores(4)
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
            "exactly one of many simultaneous replacements of a grant across many stores succeeds",
            because: "A stolen refresh token may reach a different process than the genuine one."
        ) { bench in
            let stores = try await bench.openBrokerStores(2)
            try await oneReplacement(among: 32, on: stores, resolution: bench.timeResolution)
        },
    ]
}

extension StoreBench {
    /// Opens this many stores on the storage.
    fileprivate func openBrokerStores(_ count: Int) async throws -> [any BrokerStore] {
        var stores: [any BrokerStore] = []
        for _ in 0..<count { stores.append(try await openBrokerStore()) }
        return stores
    }
}
