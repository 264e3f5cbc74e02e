import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("A code that an app got itself")
struct NativeCodeTests {
    private static let nonce = "a-nonce-of-an-app"

    private func native(_ settings: @escaping @Sendable (inout OpenIDConnectProvider.Settings) -> Void = { _ in })
        -> Scenario
    {
        Scenario().with {
            $0.nativeCodes = true
            settings(&$0)
        }
    }

    @Test("is refused before anything is sent, unless nativeCodes is true")
    func refused() async throws {
        try await Scenario().run { desk in
            let error = await Scenario.failure {
                _ = try await desk.broker.login("op", with: .authorizationCode(OpenIDProviderDouble.code))
            }
            #expect(error?.kind == .invalidCredential && error?.credential == .unused)
            #expect(desk.upstream.requests.isEmpty)
        }
    }

    @Test("is redeemed with what the app sends beside it, and with nothing else")
    func parts() async throws {
        let verifier = String(repeating: "v", count: 43)
        let all = ["code_verifier": Secret(verifier), "redirect_uri": Secret("com.example.app:/callback")]
        for parts in [all, [:]] {
            try await native().run { desk in
                let credential = Credential.authorizationCode(
                    OpenIDProviderDouble.code, nonce: Self.nonce, parts: parts)
                // The double knows only codes of its own redirects.
                _ = await Scenario.failure { _ = try await desk.broker.login("op", with: credential) }
                let request = try #require(desk.upstream.requests.first { $0.target == "/token" })
                let form = FormText.decode(request.bodyText)
                #expect(form["code"] == OpenIDProviderDouble.code && form["grant_type"] == "authorization_code")
                #expect(form["code_verifier"] == parts["code_verifier"]?.reveal())
                #expect(form["redirect_uri"] == parts["redirect_uri"]?.reveal())
            }
        }
    }

    @Test("takes no part that its manifest does not name, and none in another form")
    func malformed() async throws {
        try await native().run { desk in
            for parts in [["state": "s"], ["code_verifier": "a b"], ["redirect_uri": ""]] {
                let credential = Credential.authorizationCode("c", parts: parts.mapValues { Secret($0) })
                let error = await Scenario.failure { _ = try await desk.broker.login("op", with: credential) }
                #expect(error?.kind == .invalidCredential && error?.credential == .unused)
            }
            #expect(desk.upstream.requests.isEmpty)
        }
    }
}
