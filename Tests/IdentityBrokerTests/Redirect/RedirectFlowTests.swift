import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("The flow of a redirect login", .timeLimit(.minutes(15)))
struct RedirectFlowTests {
    private let bench = RedirectBench()

    @Test("has a state, a nonce and a verifier of 256 bits each, never the same twice")
    func randomness() async throws {
        let broker = try bench.makeBroker()
        var flows: [RedirectFlow] = []
        for _ in 0..<100 { flows.append(try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow) }
        let texts = flows.flatMap(\.secrets).map { $0.reveal() }
        #expect(Set(texts).count == 300)
        #expect(flows.flatMap { [$0.nonce, $0.codeVerifier] }.allSatisfy { $0.byteCount == 43 })
        let states = flows.map { $0.state.reveal() }
        #expect(states.allSatisfy { $0.wholeMatch(of: /[0-9a-z]{64}/) != nil }, "WeChat takes letters and digits alone")
    }

    @Test("has the code challenge of RFC 7636 Appendix B")
    func challenge() {
        let random = RandomSource { _ in
            [
                116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214,
                191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
            ]
        }
        let flow = RedirectFlow(
            provider: "site", redirectURI: RedirectBench.uri, expiry: .distantFuture, randomness: random)
        #expect(flow.codeVerifier == Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(flow.codeChallenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("survives being stored")
    func storing() async throws {
        let flow = try await bench.makeBroker().beginRedirect("site", returningTo: RedirectBench.uri).flow
        let restored = try #require(RedirectFlow(stored: flow.stored))
        #expect(restored.secrets == flow.secrets)
        #expect((restored.provider, restored.redirectURI) == (flow.provider, flow.redirectURI))
        #expect(abs(restored.expiry.timeIntervalSince(flow.expiry)) < 0.001)
        #expect(restored.isIssuerExpected == flow.isIssuerExpected)
        #expect(RedirectFlow(stored: Secret("{}")) == nil)
    }

    @Test("is read as earlier versions stored it")
    func stored() throws {
        let text = """
            {"state":"s","isIssuerExpected":true,"expiry":1767323045.875,"redirectURI":"https:\\/\\/app.example\\/in",\
            "provider":"site","codeVerifier":"v","nonce":"n"}
            """
        let flow = try #require(RedirectFlow(stored: Secret(text)))
        #expect((flow.provider, flow.redirectURI) == ("site", "https://app.example/in"))
        #expect(flow.secrets == [Secret("s"), Secret("n"), Secret("v")])
        #expect(flow.expiry == Date(timeIntervalSince1970: 1_767_323_045.875) && flow.isIssuerExpected)
        #expect(RedirectFlow(stored: Secret(text.replacing("true", with: "1"))) == nil)
    }

    @Test("reveals neither its secrets nor the answer when printed", arguments: Rendering.allCases)
    func rendering(_ rendering: Rendering) async throws {
        let flow = try await bench.makeBroker().beginRedirect("site", returningTo: RedirectBench.uri).flow
        let text = rendering.text(of: Credential.callback("code=\(Canary.ticket)", of: flow))
        #expect(Canary.found(in: text).isEmpty)
        #expect(flow.secrets.allSatisfy { !text.contains($0.reveal()) })
    }
}
