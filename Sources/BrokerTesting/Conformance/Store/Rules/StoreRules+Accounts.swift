import Foundation
import IdentityBroker

extension StoreRules {
    static let accounts: [StoreRule<StoreBench>] = [
        StoreRule(
            "the first login of an identity creates its account, and later ones find it",
            because: "Apps know a person by the account's id. To them, another id is another person."
        ) { bench in
            let store = try await bench.open()
            let first = SignIn.sample()
            let account = try await store.signIn(first)
            try require(
                account == first.newAccount, "the first login of an identity got an account other than the proposed one"
            )
            for number in 1...3 {
                let later = try await store.signIn(.sample(at: Double(number)))
                try require(later == account, "login \(number) after the first got another account")
            }
            try await store.mustShow(
                SignIn.sample().linked(since: 0, until: 3), in: account, resolution: bench.timeResolution)
        },
        StoreRule(
            "identities that differ in issuer or subject have separate accounts",
            because: "A person who gets another's account gets everything of theirs, in every app."
        ) { bench in
            let store = try await bench.open()
            let signIns =
                SignIn.nearlyTheSameSubjects.map { SignIn.sample(subject: $0) }
                + SignIn.nearlyTheSameIssuers.map { SignIn.sample(subject: "person", issuer: $0) }
            for signIn in signIns + signIns {
                let account = try await store.signIn(signIn)
                let owner = signIns.first { $0.newAccount == account }
                try require(
                    owner == signIn,
                    "\(signIn.key.issuer) \(signIn.key.subject) got the account of \(owner?.key.subject ?? "no one")")
            }
        },
        StoreRule(
            "many simultaneous first logins of one identity get one account",
            because: "A user may tap on two devices at once, and two accounts of one person cannot be merged later."
        ) { bench in
            try await oneAccount(among: 32, on: [bench.open()])
        },
        StoreRule(
            "an account shows its identity as of the latest login",
            because: "Apps show the current name, and look a person up by the upstream's current ids."
        ) { bench in
            let store = try await bench.open()
            let account = try await store.signIn(.sample(at: 1, text: "then"))
            let latest = SignIn.sample(at: 2, text: "now").replacing(
                provider: "other", alternates: [], claims: #"{"name":"now"}"#)
            _ = try await store.signIn(latest)
            try await store.mustShow(
                latest.linked(since: 1, until: 2), in: account, resolution: bench.timeResolution)
        },
        StoreRule(
            "an identity's times never go backwards, and its claims stay those of the latest login",
            because: "Logins conclude in any order, with clocks that differ. The latest login need not arrive last."
        ) { bench in
            let store = try await bench.open()
            let account = try await store.signIn(.sample(at: 5, text: "latest"))
            let expected = SignIn.sample(text: "latest")
            for (seconds, first) in [(3.0, 3.0), (4, 3), (-1_000, -1_000), (0, -1_000)] {
                _ = try await store.signIn(.sample(at: seconds, text: "late"))
                try await store.mustShow(
                    expected.linked(since: first, until: 5), in: account, resolution: bench.timeResolution)
            }
            // A login more than a day behind is nevertheless the latest: the clock was ahead before.
            for (seconds, shown, first, last) in [
                (-86_390.0, "latest", -86_390.0, 5.0), (-86_400, "at -86400.0", -86_400, -86_400),
                (-86_399, "at -86399.0", -86_400, -86_399),
            ] {
                _ = try await store.signIn(.sample(at: seconds, text: "at \(seconds)"))
                try await store.mustShow(
                    SignIn.sample(text: shown).linked(since: first, until: last), in: account,
                    resolution: bench.timeResolution)
            }
        },
        StoreRule(
            "every text of an identity is returned byte for byte, even a long one",
            because:
                "Names come in every script, and the upstream chooses its ids. A truncated or changed text is lost."
        ) { bench in
            let store = try await bench.open()
            for (number, text) in StoreSamples.texts.enumerated() {
                let signIn = SignIn.sample(number).replacing(
                    provider: "provider",
                    alternates: [
                        AlternateIdentifier(type: text, scope: text, value: text),
                        AlternateIdentifier(type: text, scope: nil, value: text),
                        AlternateIdentifier(type: text, scope: "", value: ""),
                    ],
                    claims: text)
                let account = try await store.signIn(signIn)
                try await store.mustShow(
                    signIn.linked(since: 0, until: 0), in: account, resolution: bench.timeResolution)
            }
        },
        StoreRule(
            "an unknown account id finds no account",
            because: "A token may outlive its account, or come from another broker. It must not find anyone."
        ) { bench in
            let store = try await bench.open()
            let unused = SignIn.sample(at: 1).newAccount
            _ = try await store.signIn(.sample())
            let account = try await store.account(unused)
            try require(account == nil, "account(_:) returned an account for an id that was never assigned")
        },
        StoreRule(
            "a sign-in spends the credential and writes the event",
            because: "It is a login like any other: its ticket is never sent again, and its outcome is recorded."
        ) { bench in
            let store = try await bench.open()
            let (reservation, event, later) = (OneTimeReservation.sample(), AuditEvent.sample(), AuditEvent.sample())
            try await store.mustGrant(reservation, "to the first caller")
            _ = try await store.signIn(.sample(), spending: reservation, recording: event)
            _ = try await store.signIn(.sample(), spending: nil, recording: later)
            try await store.mustHold([event, later], resolution: bench.timeResolution)
            try await store.settle(reservation, as: .released)
            try await store.mustRefuse(.sample(), "after a sign-in spent the credential and its login released it")
        },
        StoreRule(
            "a sign-in does not touch the reservations of other logins",
            because: "The login that now holds the credential could no longer release it."
        ) { bench in
            let store = try await bench.open()
            let holder = OneTimeReservation.sample()
            try await store.mustGrant(holder, "to the first caller")
            _ = try await store.signIn(.sample(), spending: holder.byAnotherLogin, recording: .sample())
            try await store.settle(holder, as: .released)
            try await store.mustGrant(.sample(), "after another login's sign-in, and the holder's release")
        },
        StoreRule(
            "a cancelled caller's sign-in is stored completely or not at all",
            because: """
                Users disconnect at any moment. The credential may have left, so everything else must be stored as \
                well.
                """
        ) { bench in
            let store = try await bench.open()
            for number in 0..<20 {
                let attempt = SignInAttempt(number)
                try await store.mustGrant(attempt.reservation, "to the first caller")
                let call = try await bench.makeCancelled("signIn", early: number % 4 < 2) {
                    () async throws(StoreFailure) in
                    try await attempt.make(on: store)
                }
                try await attempt.check(call, on: store)
            }
        },
    ]

    /// Races first logins of one identity over these stores.
    static func oneAccount(among callers: Int, on stores: [any BrokerStore]) async throws {
        for person in 0..<8 {
            let logins = try await race(callers) { caller in
                let signIn = SignIn.sample(person, at: Double(caller))
                return (signIn.newAccount, try await stores[caller % stores.count].signIn(signIn))
            }
            let accounts = Set(logins.map(\.1))
            try require(accounts.count == 1, "\(callers) logins of one identity got \(accounts.count) accounts")
            let proposed = logins.map(\.0).filter { accounts.contains($0) }
            try require(proposed.count == 1, "an identity got an account that none of its logins proposed")
            for (id, _) in logins where !accounts.contains(id) {
                let account = try await stores[0].account(id)
                try require(account == nil, "a login that found an account also created the one that it proposed")
            }
            let expected = SignIn.sample(person).linked(since: 0, until: Double(callers - 1))
            let account = try await stores[0].account(proposed[0])
            let times = account?.identities.map { [$0.firstLogin, $0.lastLogin] }
            try require(
                times == [[expected.firstLogin, expected.lastLogin]],
                "racing logins left the first and last login at \(times.map { "\($0)" } ?? "nothing")")
        }
    }
}

extension SignIn {
    /// Subjects that a careless comparison confuses.
    fileprivate static let nearlyTheSameSubjects = [
        "person", "PERSON", "Person", "person.", "perso", "person1", "person01", "p_rson", "p%", "%", "_", "'", "\"",
        "\\", "\\\\", "*", "NULL", "0", "00", "1e0", "1", String(repeating: "p", count: 255),
        String(repeating: "p", count: 254),
    ]
    fileprivate static let nearlyTheSameIssuers = [
        Issuer.known("https://issuer.example"), .known("https://issuer.example/"), .known("https://ISSUER.example"),
        .known("https://issuer.example/pool/person"), .known("issuer"),
    ]
}
