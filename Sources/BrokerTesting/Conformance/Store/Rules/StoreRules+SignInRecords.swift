import Foundation
import IdentityBroker

extension StoreRules {
    static let signInRecords: [StoreRule<StoreBench>] = [
        StoreRule(
            "a sign-in's records are put with it, and belong to the resulting account",
            because: "Tokens are issued under a grant. A grant of another account signs in someone else."
        ) { bench in
            let store = try await bench.open()
            _ = try await store.believedTime(at: .second(-60))
            let first = try await store.signIn(.sample(at: 1))
            let owners: Set<RecordOwner> = [.sample(1), .account(AccountID(UUID()))]
            for number in 2...4 {
                let records = [
                    StoredRecord.sample(number, owners: owners, text: "\(number) \u{0} \\ \u{10FFFD}"),
                    .sample(number, kind: "kit_other", until: nil, owners: []),
                ]
                let signIn = SignIn.sample(at: Double(number), putting: records)
                let account = try await store.signIn(signIn)
                try require(account == first, "a sign-in with records got another account than one without")
                for record in signIn.records(of: account) {
                    try await store.mustHold(record, resolution: bench.timeResolution, "after its sign-in")
                }
            }
            let keys = (2...4).flatMap { [RecordKey.sample($0), .sample($0, kind: "kit_other")] }
            try await store.mustList(keys, as: .owned(by: .account(first)), "of an account after its sign-ins")
            try await store.mustList(
                (2...4).map { .sample($0) }, as: .owned(by: .sample(1)), "of another owner after sign-ins")
            let next = SignIn.sample(at: 2, putting: [.sample(9)])
            let other = SignIn.sample(1, putting: next.records)
            let newcomer = try await store.signIn(other)
            try await store.mustList([.sample(9)], as: .owned(by: .account(newcomer)), "of a new account")
        },
        StoreRule(
            "records of a sign-in are changed and deleted like all others",
            because: "A person who signs out everywhere, or is disabled, must be signed out of every app."
        ) { bench in
            let store = try await bench.open()
            let (mine, other) = (
                SignIn.sample(putting: [.sample(1), .sample(2)]), SignIn.sample(1, putting: [.sample(3)])
            )
            let account = try await store.signIn(mine)
            let neighbor = try await store.signIn(other)
            let next = mine.records(of: account)[0].next()
            try await store.mustCommit([.put(next)], "of the next version of a sign-in's record")
            try await store.mustHold(next, resolution: bench.timeResolution, "put by a sign-in, and then replaced")
            try await store.mustCommit(
                [.deleteAll(ownedBy: .account(account))], "of everything that belongs to an account")
            try await store.mustList([], as: .owned(by: .account(account)), "of an account that owns nothing")
            for number in 1...2 { try await store.mustHoldNone(.sample(number), "that was deleted with its account's") }
            try await store.mustHold(
                other.records(of: neighbor)[0], resolution: bench.timeResolution, "next to others that were deleted")
        },
        StoreRule(
            "a sign-in with a record whose id is taken fails completely, and no other does",
            because: "It would replace what belongs to someone else."
        ) { bench in
            let store = try await bench.open()
            _ = try await store.believedTime(at: .second(0))
            let held = StoredRecord.sample(1, until: 60, owners: [.sample(5)], text: "held")
            try await store.mustCommit([.put(held)], "of a new record")
            let person = SignIn.sample(at: 1)
            let account = try await store.signIn(person)
            let taken = SignIn.sample(at: 5, text: "taken", putting: [.sample(2), .sample(1)])
            let stranger = SignIn.sample(7, at: 5, putting: [.sample(1), .sample(3)])
            for (number, signIn) in [taken, stranger].enumerated() {
                let (reservation, event) = (OneTimeReservation.sample(number), AuditEvent.sample())
                try await store.mustGrant(reservation, "to the first caller")
                let call = await StoreCall { () async throws(StoreFailure) in
                    try await store.signIn(signIn, spending: reservation, recording: event)
                }
                try require(
                    call.failure?.mayHaveHappened == false, "a sign-in with a record that is taken ended as \(call)")
                let count = try await store.eventCount(of: event.login)
                try require(count == 0, "a sign-in that failed wrote \(count) events")
                try await store.settle(reservation, as: .released)
                try await store.mustGrant(.sample(number), "that a failed sign-in has not spent")
            }
            try await store.mustShow(
                person.linked(since: 1, until: 1), in: account, resolution: bench.timeResolution)
            let unknown = try await store.account(stranger.newAccount)
            try require(unknown == nil, "a sign-in that failed created its account")
            for number in 2...3 { try await store.mustHoldNone(.sample(number), "of a sign-in that failed") }
            try await store.mustHold(held, resolution: bench.timeResolution, "whose id a sign-in wanted")
            let later = SignIn.sample(at: 60, putting: [.sample(1, text: "later")])
            _ = try await store.signIn(later)
            try await store.mustHold(
                later.records(of: account)[0], at: .second(60), resolution: bench.timeResolution,
                "in place of one that has expired")
            try await store.mustList([], as: .owned(by: .sample(5)), "of an expired record's owner")
        },
        StoreRule(
            "of simultaneous sign-ins with the same record, one succeeds, and all others in between",
            because: "A login must not fail because of what another one asks for at the same moment."
        ) { bench in
            let store = try await bench.open()
            let results = try await race(32) { caller in
                let record = StoredRecord.sample(caller.isMultiple(of: 4) ? 0 : caller)
                let signIn = SignIn.sample(caller, putting: [record])
                let call = await StoreCall { () async throws(StoreFailure) in try await store.signIn(signIn) }
                return (signIn: signIn, call: call)
            }
            let winners = results.filter { $0.call.failure == nil && $0.signIn.records[0].key == .sample(0) }
            try require(winners.count == 1, "\(winners.count) of 8 sign-ins with the same record succeeded")
            for (signIn, call) in results {
                guard case .returned(let account) = call else {
                    try require(
                        signIn.records[0].key == .sample(0), "a sign-in failed beside others with a record of theirs")
                    continue
                }
                try await store.mustHold(
                    signIn.records(of: account)[0], resolution: bench.timeResolution, "after simultaneous sign-ins")
            }
        },
        StoreRule(
            "a sign-in with a record in a later version, or with too many owners, is refused",
            because: "What it replaces may belong to someone else, and every owner costs a lock."
        ) { bench in
            let store = try await bench.open()
            try await store.mustCommit([.put(.sample(1))], "of a new record")
            let owners = Set((0..<16).map { RecordOwner.sample($0) })
            for record in [StoredRecord.sample(1).next(), .sample(2, owners: owners)] {
                let signIn = SignIn.sample(putting: [record])
                let call = await StoreCall { () async throws(StoreFailure) in try await store.signIn(signIn) }
                try require(call.failure?.mayHaveHappened == false, "a sign-in beyond the limits ended as \(call)")
                let account = try await store.account(signIn.newAccount)
                try require(account == nil, "a sign-in that was refused created its account")
            }
            try await store.mustHold(.sample(1), resolution: bench.timeResolution, "after a sign-in was refused")
        },
    ]
}
