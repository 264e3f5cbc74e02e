import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A redirect login", .timeLimit(.minutes(15)))
struct RedirectTests {
    private let bench = RedirectBench()

    @Test("ends with an identity, and redeems the code with its verifier")
    func success() async throws {
        let broker = try bench.makeBroker()
        let start = try await broker.beginRedirect("site", returningTo: RedirectBench.uri)
        #expect(start.url.contains("state=\(start.flow.state.reveal())"))
        #expect(start.url.contains("code_challenge=\(start.flow.codeChallenge)"))
        let callback = "code=abc&state=\(start.flow.state.reveal())&session_state=x"
        let identity = try await broker.login("site", with: .callback(callback, of: start.flow))
        #expect(identity.subject == "person-1")
        let body = try #require(bench.transport.sendings.first).request.body
        #expect(String(decoding: body, as: UTF8.self) == "code=abc&code_verifier=\(start.flow.codeVerifier.reveal())")
    }

    @Test("is the only source of codes, unless the type accepts native ones")
    func nativeCode() async throws {
        let broker = try bench.makeBroker()
        let error = try #require(await bench.refusal(broker, of: .authorizationCode("abc")))
        #expect(error.kind == .invalidCredential && error.credential == .unused)
        #expect(error.message.contains("redirect"))
        #expect(bench.transport.sendings.isEmpty)
        #expect(broker.credentialKinds(of: "site") == [], "no caller can present the code of a redirect")
    }

    @Test("is over after ten minutes")
    func expiry() async throws {
        let broker = try bench.makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        bench.clock.advance(by: .seconds(600))
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        #expect(await bench.refusal(broker, of: credential)?.kind == .credentialExpired)
    }

    @Test("is redeemed once, however often the browser comes back")
    func singleUse() async throws {
        let broker = try bench.makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        _ = try await broker.login("site", with: credential)
        #expect(await bench.refusal(broker, of: credential)?.kind == .credentialAlreadyUsed)
        #expect(bench.transport.sendings.count == 1)
    }
}
