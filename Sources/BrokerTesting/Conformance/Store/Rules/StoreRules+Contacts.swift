import Foundation
import IdentityBroker

extension StoreRules {
    static let contacts: [StoreRule<StoreBench>] = [
        StoreRule(
            "an account shows the verified contacts of its identity as of the latest login, and counts their changes",
            because: "An address that the upstream no longer vouches for must not vouch for anything here."
        ) { bench in
            let store = try await bench.open()
            let other = SignIn.sample(1).verifying(email: "other@example.com")
            let neighbor = try await store.signIn(other)
            let (email, phone) = ("ada@example.com", "+12345678")
            let logins: [(Double, email: String?, phone: String?, version: Int)] = [
                (1, nil, nil, 1), (2, email, nil, 2), (3, email, nil, 2), (4, "b@example.com", phone, 3),
                (5, email, phone, 4), (6, nil, phone, 5), (7, phone, email, 6), (8, nil, nil, 7), (9, email, nil, 8),
            ]
            for (seconds, email, phone, version) in logins {
                let signIn = SignIn.sample(at: seconds).verifying(email: email, phone: phone)
                let account = try await store.signIn(signIn)
                try await store.mustShow(signIn.contacts, version, in: account, "after login \(Int(seconds))")
                _ = try await store.signIn(.sample(at: seconds - 0.5).verifying(phone: "+99999999"))
                try await store.mustShow(signIn.contacts, version, in: account, "after a login before the latest")
            }
            try await store.mustShow(other.contacts, 1, in: neighbor, "next to one that changed")
        },
        StoreRule(
            "an account is found by its verified contacts, byte for byte, and by nothing else",
            because: "Whoever decides by what is found would give one person's account to another."
        ) { bench in
            let store = try await bench.open()
            let values =
                [
                    "ada@example.com", "Ada@example.com", "ada@example.com.", "ada@example.co", "a_a@example.com", "%",
                    "_",
                    "+12345678", "12345678",
                ] + StoreSamples.texts.prefix(16)
            var accounts: [AccountID] = []
            for (number, value) in values.enumerated() {
                let signIn = SignIn.sample(number, text: "nobody@example.com").verifying(email: value)
                accounts.append(try await store.signIn(signIn))
            }
            for (account, value) in zip(accounts, values) {
                let found = try await store.accounts(with: .email, value, atMost: 10)
                try require(found == [account], "\(found.count) accounts were found by the address of one, or another")
                let others = try await store.accounts(with: .phone, value, atMost: 10)
                try require(others.isEmpty, "an account was found by an address as a phone number")
            }
            for value in ["nobody@example.com", "value nobody@example.com", "nobody"] {
                let found = try await store.accounts(with: .email, value, atMost: 10)
                try require(found.isEmpty, "an account was found by what is no verified contact of it")
            }
            _ = try await store.signIn(.sample(0, at: 1).verifying(phone: "+12345678"))
            let former = try await store.accounts(with: .email, values[0], atMost: 10)
            try require(former.isEmpty, "an account was found by an address that it had before")
            let present = try await store.accounts(with: .phone, "+12345678", atMost: 10)
            try require(present == [accounts[0]], "an account was not found by its new phone number")
        },
        StoreRule(
            "identities with the same verified contact keep accounts of their own, which are found in their order",
            because: "Numbers and addresses move between people, and nobody has decided that these are one person."
        ) { bench in
            let store = try await bench.open()
            let email = "info@example.com"
            var accounts: [AccountID] = []
            for number in 0..<105 {
                accounts.append(try await store.signIn(.sample(number).verifying(email: email)))
            }
            try require(Set(accounts).count == 105, "105 identities got \(Set(accounts).count) accounts")
            for number in [3, 0, 104] {
                let again = try await store.signIn(.sample(number, at: 1).verifying(email: email))
                try require(again == accounts[number], "a later login got another account")
            }
            for (count, expected) in [(3, 3), (100, 100), (0, 1), (-1, 1), (101, 100), (.max, 100)] {
                let found = try await store.accounts(with: .email, email, atMost: count)
                try require(
                    found == Array(accounts.prefix(expected)),
                    "at most \(count) accounts were \(found.count), or not the first ones in their order")
            }
        },
    ]
}

extension BrokerStore {
    /// Ends the check unless the account has this version and these contacts.
    fileprivate func mustShow(
        _ contacts: [VerifiedContact],
        _ version: Int,
        in id: AccountID,
        _ circumstance: String
    ) async throws {
        let account = try await account(id)
        try require(
            account?.contacts == contacts,
            "an account \(circumstance) has \(account?.contacts.count ?? 0) contacts instead of \(contacts.count), or others"
        )
        try require(
            account?.version == version,
            "an account \(circumstance) has version \(account?.version ?? 0) instead of \(version)")
    }
}
