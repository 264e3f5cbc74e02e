import Foundation
import IdentityBroker

extension StoreRules {
    /// The rules for accounts and grants while the storage has a fault.
    static func accountsUnderFault(_ fault: String) -> [StoreRule<FaultBench>] {
        [signingIn(fault), replacing(fault), personalSecrecy(fault)]
    }

    private static func signingIn(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), a sign-in is stored completely or not at all, reports truthfully which, and works again later",
            because: "A login without its account signs no one in, and a grant without its login signs in anyone."
        ) { bench in
            let store = try await bench.storage.openBrokerStore()
            let (attempt, later) = (SignInAttempt(0), SignInAttempt(1))
            try await store.mustGrant(attempt.reservation, "to the first caller")
            try await store.mustGrant(later.reservation, "to the first caller")
            let call = try await bench.attempt(.signIn) { () async throws(StoreFailure) in
                try await attempt.make(on: store)
            }
            try await attempt.check(call, on: store)
            let second = try await bench.storage.make("signIn") { () async throws(StoreFailure) in
                try await later.make(on: store)
            }
            try require(second.failure == nil, "signIn still failed after the storage was repaired")
            try await later.check(second, on: store)
        }
    }

    private static func replacing(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), a replaced grant and its event are stored together or not at all",
            because: "A session that should have ended but did not is a risk, and so is one that ended unrecorded."
        ) { bench in
            let store = try await bench.storage.openBrokerStore()
            let grant = try await store.mustOpen()
            let (next, event) = (grant.next(revoked: true), AuditEvent.sample())
            let call = try await bench.attempt(.replace) { () async throws(StoreFailure) in
                try await store.replace(next, recording: event)
            }
            let count = try await store.eventCount(of: event.login)
            let isReplaced = try await store.grant(grant.id)?.version == next.version
            let seen = "replace wrote \(count) events and \(isReplaced ? "replaced" : "did not replace") the grant"
            try require(count == (isReplaced ? 1 : 0), "\(seen); both or neither must happen")
            switch call {
            case .returned(let answer):
                try require(answer && isReplaced, "\(seen), but returned \(answer)")
            case .failed(let failure):
                try require(
                    !isReplaced || failure.mayHaveHappened, "\(seen), but failed and reported that nothing had happened"
                )
            }
            let worksAgain = try await store.replace((isReplaced ? next : grant).next())
            try require(worksAgain, "replace returned false after the storage was repaired")
        }
    }

    private static func personalSecrecy(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), no failure reveals anything about the person or the grant",
            because: "The message goes to the operator's log, whose readers may not all see names and ids."
        ) { bench in
            let store = try await bench.storage.openBrokerStore()
            let grant = try await store.mustOpen(.sample(text: "canary-6f1ed002ab"))
            let signIn = SignIn.sample(
                subject: "canary-5a1e0c33", text: "canary-77c0ffee", opening: .sample(text: "canary-19d0a2be"))
            let failures = try await bench.whileItLasts {
                try await race(2) { number in
                    try await bench.storage.make("a call") { () async throws(StoreFailure) in
                        switch number {
                        case 0: _ = try await store.signIn(signIn)
                        default: _ = try await store.replace(grant.next(details: "canary-6f1ed002ab"))
                        }
                    }.failure
                }.compactMap(\.self)
            }
            for failure in failures {
                let leaks = failure.message.contains("canary") || failure.message.contains(grant.id.uuidString)
                try require(!leaks, "the message \"\(failure.message)\" reveals the person or the grant")
            }
        }
    }
}
