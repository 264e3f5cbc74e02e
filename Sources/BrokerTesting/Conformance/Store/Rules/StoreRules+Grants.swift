import Foundation
import IdentityBroker

extension StoreRules {
    static let grants: [StoreRule<StoreBench>] = [
        StoreRule(
            "a grant is opened with its sign-in, for the resulting account",
            because: "Tokens are issued under it. A grant for another account signs in someone else."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let (first, second) = (GrantProposal.sample(text: "one"), GrantProposal.sample(text: "two"))
            let account = try await store.signIn(.sample(at: 1, opening: first))
            _ = try await store.signIn(.sample(at: 2, opening: second))
            for (proposal, seconds) in [(first, 1.0), (second, 2)] {
                let grant = Grant(proposal, for: account, from: "provider", at: .second(seconds))
                try await store.mustHold(grant, resolution: bench.timeResolution, "after its sign-in")
            }
        },
        StoreRule(
            "an unknown grant id finds no grant",
            because: "A token may outlive its grant, or be made up. Nothing may be issued under it."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let grant = try await store.mustOpen()
            let unknown = Grant(.sample(), for: grant.account, from: "provider", at: .second(0))
            try await store.mustHoldNone(unknown.id, "that was never opened")
            let isReplaced = try await store.replace(unknown.next())
            try require(!isReplaced, "replace returned true for a grant that was never opened")
            try await store.mustHoldNone(unknown.id, "that was never opened, after an attempt to replace it")
        },
        StoreRule(
            "every text of a grant is returned byte for byte, even a long one",
            because: "The details belong to the service, which compares their digests with what a client presents."
        ) { bench in
            let store = try await bench.openBrokerStore()
            for (number, text) in StoreSamples.texts.enumerated() {
                let proposal = GrantProposal(id: UUID(), client: text, expiry: .second(1), details: text)
                let grant = try await store.mustOpen(proposal, forPerson: number)
                try await store.mustHold(grant, resolution: bench.timeResolution, "with any text")
                let next = grant.next(details: "next \(text)")
                _ = try await store.replace(next)
                try await store.mustHold(next, resolution: bench.timeResolution, "replaced with any text")
            }
        },
        StoreRule(
            "a grant is replaced one version at a time",
            because: "Each version is based on the one before. In another's place, it would undo what came in between."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let first = try await store.mustOpen()
            let second = first.next(until: .second(99.5), details: "second")
            for (grant, isNext) in [(first, false), (second, true), (second, false), (first, false)] {
                let isReplaced = try await store.replace(grant)
                try require(
                    isReplaced == isNext,
                    "replace returned \(isReplaced) for version \(grant.version) instead of \(isNext)")
            }
            let fourth = second.next().next(revoked: true, details: "fourth")
            let isReplaced = try await store.replace(fourth)
            try require(!isReplaced, "replace returned true for version 4 after version 2")
            try await store.mustHold(second, resolution: bench.timeResolution, "after replacements out of turn")
            let third = second.next(revoked: true, until: .second(-5))
            let isNext = try await store.replace(third)
            try require(isNext, "replace returned false for version 3 after version 2")
            try await store.mustHold(third, resolution: bench.timeResolution, "after it was revoked")
        },
        StoreRule(
            "a replacement changes one grant, and only what may change",
            because: "A grant's account and client were decided when the person signed in."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let (grant, other) = (try await store.mustOpen(), try await store.mustOpen(forPerson: 1))
            var next = Grant(
                id: grant.id, account: other.account, client: "somebody else", provider: "elsewhere",
                opened: .second(-9), expiry: grant.expiry, version: 2, details: "next")
            _ = try await store.replace(next)
            next = grant.next(details: "next")
            try await store.mustHold(next, resolution: bench.timeResolution, "after its replacement")
            try await store.mustHold(other, resolution: bench.timeResolution, "next to one that was replaced")
        },
        StoreRule(
            "the event of a replacement is written with it, and only with it",
            because: "What a client was refused must not be recorded as issued, and what was issued must be recorded."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let grant = try await store.mustOpen()
            let (given, refused) = (AuditEvent.sample(text: "given"), AuditEvent.sample(text: "refused"))
            _ = try await store.replace(grant.next(), recording: given)
            _ = try await store.replace(grant.next(), recording: refused)
            let read = try await store.newestEvents(1)
            try require(read.map(\.login) == [given.login], "the newest event is not the replacement's")
            if let difference = given.difference(from: read[0], resolution: bench.timeResolution) {
                throw Observation("in the event, \(difference)")
            }
            let count = try await store.eventCount(of: refused.login)
            try require(count == 0, "a refused replacement wrote its event")
        },
        StoreRule(
            "exactly one of many simultaneous replacements of a grant succeeds",
            because: "A refresh token used twice yields tokens once; the version reveals the second use."
        ) { bench in
            let store = try await bench.openBrokerStore()
            try await oneReplacement(among: 32, on: [store], resolution: bench.timeResolution)
        },
        StoreRule(
            "a purge removes grants at their expiry and not before, and counts them",
            because: "Removed early, a session ends for no reason; never removed, grants fill the store."
        ) { bench in
            let store = try await bench.openBrokerStore()
            var grants: [Grant] = []
            for number in 1...4 {
                let proposal = GrantProposal.sample(until: Double(number))
                grants.append(try await store.mustOpen(proposal, forPerson: number))
            }
            _ = try await store.replace(grants[3].next(revoked: true))
            try await store.mustPurge(2, at: .second(2), atMost: 100, "with 2 of 4 grants expired")
            for grant in grants.prefix(2) { try await store.mustHoldNone(grant.id, "after a purge at its expiry") }
            try await store.mustHold(grants[2], resolution: bench.timeResolution, "after a purge before its expiry")
            let revoked = grants[3].next(revoked: true)
            try await store.mustHold(revoked, resolution: bench.timeResolution, "after a purge before its expiry")
            try await store.mustPurge(0, at: .second(2), atMost: 100, "after everything expired was removed")
        },
        StoreRule(
            "a purge removes no more grants than requested, oldest first",
            because: "It runs alongside logins: its limit keeps them from waiting."
        ) { bench in
            let store = try await bench.openBrokerStore()
            var grants: [Grant] = []
            for number in (1...7).reversed() {
                let proposal = GrantProposal.sample(until: Double(number))
                grants.insert(try await store.mustOpen(proposal, forPerson: number), at: 0)
            }
            for (told, gone) in [(3, 3), (2, 2), (9, 2)] {
                try await store.mustPurge(gone, at: .second(9), atMost: told, "of 7 grants, in rounds of 3, 2 and 9")
                guard told == 3 else { continue }
                for grant in grants.prefix(3) { try await store.mustHoldNone(grant.id, "among the 3 oldest, purged") }
            }
        },
        StoreRule(
            "a purge uses a grant's current expiry",
            because: "A session in use is extended, and one that was shortened ends early."
        ) { bench in
            let store = try await bench.openBrokerStore()
            let longer = try await store.mustOpen(.sample(until: 5), forPerson: 1)
            let shorter = try await store.mustOpen(.sample(until: 50), forPerson: 2)
            _ = try await store.replace(longer.next(until: .second(50)))
            _ = try await store.replace(shorter.next(until: .second(5)))
            try await store.mustPurge(1, at: .second(5), atMost: 100, "with one grant extended and one shortened")
            try await store.mustHoldNone(shorter.id, "that was shortened and purged")
            let renewed = longer.next(until: .second(50))
            try await store.mustHold(renewed, resolution: bench.timeResolution, "after a purge past its first expiry")
        },
    ]

    /// Races replacements of one grant over these stores.
    static func oneReplacement(
        among callers: Int,
        on stores: [any BrokerStore],
        resolution: Duration
    ) async throws {
        var grant = try await stores[0].mustOpen()
        for round in 1...8 {
            let present = grant
            let tries = try await race(callers) { caller in
                let (next, event) = (present.next(details: "by \(caller)"), AuditEvent.sample())
                let isReplaced = try await stores[caller % stores.count].replace(next, recording: event)
                return (grant: next, event: event, isReplaced: isReplaced)
            }
            let winners = tries.filter(\.isReplaced)
            try require(winners.count == 1, "\(winners.count) of \(callers) callers replaced version \(round)")
            grant = winners[0].grant
            try await stores[0].mustHold(grant, resolution: resolution, "after a race of replacements")
            let written = Set(try await stores[0].newestEvents(1_000).map(\.login))
            let events = tries.filter { written.contains($0.event.login) }
            try require(
                events.map(\.event.login) == [winners[0].event.login],
                "\(events.count) of \(callers) racing replacements wrote an event, or another than the winner did")
        }
    }
}
