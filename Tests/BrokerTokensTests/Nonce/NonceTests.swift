import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("The nonce of a public client")
struct NonceTests {
    @Test("A nonce has 256 bits, is never the same, and is not in the store")
    func issued() async throws {
        let bench = try await NonceBench()
        let (first, second) = (try await bench.issue(), try await bench.issue())
        #expect(first.nonce != second.nonce && first.nonce.reveal().utf8.count == 43)
        #expect(first.expiresIn == .seconds(600))
        let kept = try await bench.store.memory.records(
            .all(NonceRecord.recordKind), after: nil, atMost: 10, at: bench.clock.date)
        #expect(kept.records.count == 2)
        for record in kept.records {
            #expect(!"\(record)".contains(first.nonce.reveal()) && !"\(record)".contains(second.nonce.reveal()))
        }
    }

    @Test("The login whose ID token contains the nonce succeeds, and no other one can present it")
    func once() async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        _ = try await bench.signIn(idToken: nonce, presenting: nonce)
        let again = try await refusal { try await bench.signIn(idToken: "\(nonce).again", presenting: nonce) }
        #expect(again.code == .invalidGrant && again.message.contains("nonce"))
        #expect(bench.events(.login).count == 1, "the second credential was not touched")
    }

    @Test("A nonce beside a code is one that the client was given, and is presented once")
    func besideCode() async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        let foreign = try await refusal { try await bench.signIn(code: "n", presenting: "n") }
        #expect(foreign.code == .invalidGrant && foreign.message.contains("nonce"))
        #expect(bench.events(.login).isEmpty, "the code was not touched")
        _ = try await bench.signIn(code: nonce, presenting: nonce)
        for again in [
            try await refusal { try await bench.signIn(code: "\(nonce).again", presenting: nonce) },
            try await refusal { try await bench.signIn(idToken: "\(nonce).again", presenting: nonce) },
        ] {
            #expect(again.code == .invalidGrant && again.message.contains("nonce"))
        }
        #expect(bench.events(.login).map(\.failure) == [nil])
    }

    @Test("A nonce that the client brought itself is refused before the credential is touched")
    func foreign() async throws {
        let bench = try await NonceBench()
        #expect(try await refusal { try await bench.signIn(idToken: "n", presenting: "n") }.code == .invalidGrant)
        #expect(bench.events(.login).isEmpty)
    }

    @Test("A nonce is good for its client and its provider instance")
    func binding() async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        let other = try await refusal { try await bench.signIn("other", idToken: nonce, presenting: nonce) }
        let elsewhere = try await refusal {
            try await bench.signIn(at: "second", idToken: nonce, presenting: nonce)
        }
        #expect(other.code == .invalidGrant && elsewhere.code == .invalidGrant)
        _ = try await bench.signIn(idToken: nonce, presenting: nonce)
    }

    @Test("A nonce expires after ten minutes")
    func expiry() async throws {
        let bench = try await NonceBench()
        let (late, inTime) = (try await bench.issue().nonce.reveal(), try await bench.issue().nonce.reveal())
        bench.clock.advance(by: .seconds(599))
        _ = try await bench.signIn(idToken: inTime, presenting: inTime)
        bench.clock.advance(by: .seconds(1))
        #expect(try await refusal { try await bench.signIn(idToken: late, presenting: late) }.code == .invalidGrant)
    }

    @Test(
        "A login that fails before its token is accepted leaves the nonce",
        arguments: [("forged", .invalidCredential), ("down", .upstreamUnavailable)] as [(String, BrokerError.Kind)])
    func failure(suffix: String, kind: BrokerError.Kind) async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        let first = try await refusal { try await bench.signIn(idToken: "\(nonce).\(suffix)", presenting: nonce) }
        #expect(first.kind == kind && first.credential == .unused)
        let code = try await refusal { try await bench.signIn(code: "\(nonce).\(suffix)", presenting: nonce) }
        #expect(code.kind == kind)
        _ = try await bench.signIn(idToken: nonce, presenting: nonce)
    }

    @Test("A token with another nonce spends neither")
    func otherNonce() async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        let first = try await refusal { try await bench.signIn(idToken: "another", presenting: nonce) }
        #expect(first.kind == .invalidCredential && first.credential == .unused)
        _ = try await bench.signIn(idToken: nonce, presenting: nonce)
    }

    @Test("A provider that does not exist is named as such, whatever nonce comes with it")
    func unknownProvider() async throws {
        let bench = try await NonceBench()
        let error = try await refusal { try await bench.signIn(at: "nope", idToken: "n", presenting: "n") }
        #expect(error.code == .invalidRequest && error.message.contains("no provider 'nope'"))
    }

    @Test("Refused logins of a public client are counted, and only sampled in the log")
    func flood() async throws {
        let bench = try await NonceBench()
        for _ in 0..<100 {
            #expect(try await refusal { try await bench.signIn(idToken: "n", presenting: nil) }.code == .invalidGrant)
        }
        #expect(bench.events(.login).count == 5)
        bench.clock.advance(by: .seconds(1))
        _ = try await refusal { try await bench.signIn(idToken: "n", presenting: nil) }
        #expect(bench.events(.login).map(\.notices) == Array(repeating: [], count: 5) + [["stands_for:96"]])
    }

    @Test("A refused login of a client with a secret has its event")
    func known() async throws {
        let bench = try await NonceBench()
        for _ in 0..<100 { _ = try await refusal { try await bench.signIn("web", idToken: "n", presenting: "m") } }
        #expect(bench.events(.login).count == 100)
    }

    @Test("A refusal that cannot be recorded counts for the next event")
    func unrecordedRefusal() async throws {
        let bench = try await NonceBench()
        for _ in 0..<10 { _ = try await refusal { try await bench.signIn(idToken: "n", presenting: nil) } }
        bench.clock.advance(by: .seconds(1))
        bench.store.fail(.append)
        #expect(try await refusal { try await bench.signIn(idToken: "n", presenting: nil) }.kind == .unavailable)
        bench.store.recover()
        bench.clock.advance(by: .seconds(1))
        _ = try await refusal { try await bench.signIn(idToken: "n", presenting: nil) }
        #expect(bench.events(.login).last?.notices == ["stands_for:6"])
    }

    @Test("Of many logins at the same time, one presents the nonce")
    func race() async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        let successes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { (try? await bench.signIn(idToken: nonce, presenting: nonce)) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(successes == 1 && bench.events(.login).count { $0.failure == nil } == 1)
    }

    @Test("A confidential client vouches for a nonce of its own, and gets none")
    func confidential() async throws {
        let bench = try await NonceBench()
        _ = try await bench.signIn("web", idToken: "nonce-of-its-own", presenting: "nonce-of-its-own")
        let error = try await refusal { try await bench.issue(to: "web") }
        #expect(error.code == .unauthorizedClient)
        #expect(bench.events(.nonce).map(\.failure) == ["unauthorized_client"])
    }

    @Test("A provider that takes only tickets, or that the client may not use, gives no nonce")
    func noNonce() async throws {
        let bench = try await NonceBench()
        #expect(try await refusal { try await bench.issue(at: "tickets") }.code == .invalidRequest)
        let (absent, hidden) = (
            try await refusal { try await bench.issue(at: "absent") },
            try await refusal { try await bench.issue(to: "other", at: "second") }
        )
        #expect(absent.code == .invalidRequest && hidden.code == .invalidRequest)
        #expect(hidden.message == absent.message.replacing("absent", with: "second"))
    }

    @Test("Where the store fails, there is no nonce and no login")
    func storeFault() async throws {
        let bench = try await NonceBench()
        let nonce = try await bench.issue().nonce.reveal()
        bench.store.fail(.commit)
        #expect(try await refusal { try await bench.issue() }.code == .temporarilyUnavailable)
        let error = try await refusal { try await bench.signIn(idToken: nonce, presenting: nonce) }
        #expect(error.code == .temporarilyUnavailable && error.credential == .unused)
        bench.store.recover()
        _ = try await bench.signIn(idToken: nonce, presenting: nonce)
    }
}
