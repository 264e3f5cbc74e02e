import Foundation
import IdentityBroker

extension StoreRules {
    /// The rules for accounts while the storage has a fault.
    static func accountsUnderFault(_ fault: String) -> [StoreRule<FaultBench>] {
        [signingIn(fault), personalSecrecy(fault)]
    }

    private static func signingIn(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), a sign-in is stored completely or not at all, reports truthfully which, and works again later",
            because: "A login without its account signs no one in, and a session without its login signs in anyone."
        ) { bench in
            let store = try await bench.storage.open()
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

    private static func personalSecrecy(_ fault: String) -> StoreRule<FaultBench> {
        StoreRule(
            "while \(fault), no failure reveals anything about the person or what is stored with the login",
            because: "The message goes to the operator's log, whose readers may not all see names and ids."
        ) { bench in
            let store = try await bench.storage.open()
            let record = StoredRecord(
                key: RecordKey(kind: "kit_sample", id: .known("canary-19d0a2be")),
                owners: [.session(.known("canary-50e5"))], body: Data("canary-6f1ed002ab".utf8))
            let signIn = SignIn.sample(subject: "canary-5a1e0c33", text: "canary-77c0ffee", putting: [record])
            let failures = try await bench.whileItLasts {
                try await race(2) { number in
                    try await bench.storage.make("a call") { () async throws(StoreFailure) in
                        switch number {
                        case 0: _ = try await store.signIn(signIn)
                        default: _ = try await store.account(signIn.newAccount)
                        }
                    }.failure
                }.compactMap(\.self)
            }
            for failure in failures {
                let leaks =
                    failure.message.contains("canary") || failure.message.contains(signIn.newAccount.description)
                try require(!leaks, "the message \"\(failure.message)\" reveals the person or the record")
            }
        }
    }
}
