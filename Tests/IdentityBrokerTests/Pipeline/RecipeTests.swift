import IdentityBroker
import Testing

@Suite("The steps of a login")
struct RecipeTests {
    private let journal = Journal()

    private func makeBench() throws -> Bench {
        let journal = journal
        var steps = ScriptedStore.Script()
        steps.reserve = { journal.note("reserve") }
        steps.append = { journal.note("append") }
        steps.conclude = { journal.note("conclude") }
        let transport = ScriptedTransport { _ in
            journal.note("send")
            return .ok
        }
        return try Bench(transport: transport, store: ScriptedStore(steps)) { credential, exchange in
            journal.note("exchange")
            return try await ScriptedProvider.redeem(credential, exchange)
        }
    }

    @Test("reserve before anything is sent, and conclude before the answer")
    func oneTime() async throws {
        _ = try await makeBench().login()
        journal.note("answer")
        #expect(journal.entries == ["reserve", "exchange", "send", "conclude", "answer"])
    }

    @Test("reserve nothing if a credential may be reused, but still write the event before the answer")
    func reusable() async throws {
        _ = try await makeBench().login(.idToken("header.payload.signature"))
        journal.note("answer")
        #expect(journal.entries == ["exchange", "send", "append", "answer"])
    }

    @Test("reserve a credential that proves itself once it is verified")
    func provingItself() async throws {
        let journal = journal
        var steps = ScriptedStore.Script()
        steps.reserve = { journal.note("reserve") }
        steps.append = { journal.note("append") }
        steps.conclude = { journal.note("conclude") }
        let bench = try Bench(store: ScriptedStore(steps)) { credential, _ in
            journal.note("verify")
            guard credential.value == Secret("genuine") else { throw BrokerError(.invalidCredential, "It is forged.") }
            return .person
        }
        let forged = try await bench.refusal(of: Credential(kind: .proof, value: Secret("forged")))
        #expect(forged.kind == .invalidCredential && forged.credential == .unused)
        #expect(journal.entries == ["verify", "append"])
        let genuine = Credential(kind: .proof, value: Secret("genuine"))
        _ = try await bench.login(genuine)
        #expect(journal.entries.dropFirst(2) == ["verify", "reserve", "conclude"])
        let again = try await bench.refusal(of: genuine)
        #expect(again.kind == .credentialAlreadyUsed && again.credential == .spent)
    }

    @Test("spend no credential that proves itself on a person who is not let in")
    func provingItselfInVain() async throws {
        let bench = try Bench(identityPolicy: IdentityPolicy(admit: [.attribute("plan", .equals("paid"))])) { _, _ in
            .person
        }
        let credential = Credential(kind: .proof, value: Secret("genuine"))
        let error = try await bench.refusal(of: credential)
        #expect(error.kind == .accessDenied && error.credential == .unused)
        #expect(try await !bench.isHeld(credential))
    }

    @Test("send no credential that proves itself")
    func provingItselfElsewhere() async throws {
        let bench = try Bench()
        let error = try await bench.refusal(of: Credential(kind: .proof, value: Secret("a-genuine-credential")))
        #expect(error.kind == .internalError && error.credential == .unused)
        #expect(bench.transport.sendings.isEmpty)
    }

    @Test(
        "end with the event if a login goes no further",
        arguments: [(Bench.id, Credential.ticket("")), (Bench.id, .authorizationCode("a")), ("nobody", .ticket("a"))]
    )
    func early(id: ProviderID, credential: Credential) async throws {
        _ = try await makeBench().refusal(of: credential, at: id)
        #expect(journal.entries == ["append"])
    }

    @Test("send under the limits and the network rules of the instance")
    func policy() async throws {
        let network = NetworkPolicy(caFile: "/ca.pem", egress: EgressPolicy(allowsInsecureHTTP: true))
        let bench = try Bench(limits: ProviderLimits(timeout: .seconds(7), responseSize: 1024), network: network)
        _ = try await bench.login()
        let sending = try #require(bench.transport.sendings.first)
        #expect(sending.timeout == .seconds(7))
        #expect(sending.policy == TransportPolicy(maximumBodyBytes: 1024, caFile: "/ca.pem", egress: network.egress))
    }
}
