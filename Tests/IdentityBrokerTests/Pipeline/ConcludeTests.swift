import BrokerTesting
import IdentityBroker
import Testing

@Suite("A login that cannot be recorded")
struct ConcludeTests {
    private func makeStore(mayHaveHappened: Bool) -> ScriptedStore {
        let failure: ScriptedStore.Step = { () throws(StoreFailure) in
            throw StoreFailure("the disk is full", mayHaveHappened: mayHaveHappened)
        }
        return ScriptedStore(.init(append: failure, conclude: failure))
    }

    @Test("does not count, and its credential stays spent", arguments: [false, true])
    func success(mayHaveHappened: Bool) async throws {
        let bench = try Bench(store: makeStore(mayHaveHappened: mayHaveHappened))
        let error = try await bench.refusal()
        #expect(error.kind == .unavailable)
        #expect(error.credential == .spent)
        #expect(error.provider == Bench.id)
        #expect(try await bench.isHeld())
        #expect(bench.log.mentions("the disk is full"))
    }

    @Test(
        "is unavailable whatever else it was, and does not promise that the credential was released",
        arguments: [false, true])
    func unsent(mayHaveHappened: Bool) async throws {
        let bench = try Bench(
            transport: .failing(.connectionFailed, mayHaveLeft: false),
            store: makeStore(mayHaveHappened: mayHaveHappened)
        )
        let error = try await bench.refusal()
        #expect(error.kind == .unavailable)
        #expect(error.credential == .unknown)
    }

    @Test("leaves an unanswered credential unknown, and an answered one spent", arguments: [false, true])
    func sent(isAnswered: Bool) async throws {
        let transport = isAnswered ? ScriptedTransport() : .failing(.connectionLost, mayHaveLeft: true)
        let bench = try Bench(transport: transport, store: makeStore(mayHaveHappened: false)) { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            throw BrokerError(.accessDenied, "No.")
        }
        let error = try await bench.refusal()
        #expect(error.kind == .unavailable)
        #expect(error.credential == (isAnswered ? .spent : .unknown))
        #expect(try await bench.isHeld())
    }

    @Test("is unavailable, with an unused credential, if nothing was reserved")
    func unreserved() async throws {
        let bench = try Bench(store: makeStore(mayHaveHappened: false))
        #expect(try await bench.refusal(at: "nobody").kind == .unavailable)
        #expect(try await bench.refusal(of: .ticket("")).credential == .unused)
        #expect(try await bench.refusal(of: .idToken("a.b.c")).kind == .unavailable)
        #expect(try await !bench.isHeld(.ticket("")))
    }

    @Test("succeeded without sending anything: its credential is still spent")
    func nothingSent() async throws {
        let bench = try Bench { _, _ in .person }
        _ = try await bench.login()
        #expect(bench.transport.sendings.isEmpty)
        #expect(bench.audit.map(\.credential) == ["spent"])
        #expect(try await bench.refusal().kind == .credentialAlreadyUsed)
    }
}
