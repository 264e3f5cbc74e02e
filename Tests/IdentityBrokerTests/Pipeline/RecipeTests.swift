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
