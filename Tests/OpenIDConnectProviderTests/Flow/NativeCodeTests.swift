import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("A code that an app got itself")
struct NativeCodeTests {
    private static let nonce: String = "a-nonce-of-an-app"

    /// The provider's ID token has the app's nonce, unless there is none.
    private func native(nonce: String? = Self.nonce) -> Scenario {
        Scenario {
            $0.claims = { claims in claims["nonce"] = nonce.map(JSONValue.string) }
        }.with { $0.nativeCodes = true }
    }

    private func credential(nonce: String? = Self.nonce, _ parts: [String: Secret] = [:]) -> Credential {
        .authorizationCode(OpenIDProviderDouble.code, nonce: nonce, parts: parts)
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
                let identity = try await desk.broker.login("op", with: credential(parts))
                #expect(identity.subject == "person-1")
                let request = try #require(desk.upstream.requests.first { $0.target == "/token" })
                let form = FormText.decode(request.bodyText)
                #expect(form["code"] == OpenIDProviderDouble.code && form["grant_type"] == "authorization_code")
                #expect(form["code_verifier"] == parts["code_verifier"]?.reveal())
                #expect(form["redirect_uri"] == parts["redirect_uri"]?.reveal())
            }
        }
    }

    @Test("is warned of by config check")
    func advice() {
        var settings = OpenIDConnectProvider.Settings(issuer: "https://id.example", clientId: "c")
        #expect(OpenIDConnectProvider.advice(settings: settings).isEmpty)
        settings.nativeCodes = true
        #expect(OpenIDConnectProvider.advice(settings: settings).first?.hasPrefix("nativeCodes is true") == true)
    }

    @Test("signs in once")
    func twice() async throws {
        try await native().run { desk in
            _ = try await desk.broker.login("op", with: credential())
            let error = await Scenario.failure { _ = try await desk.broker.login("op", with: credential()) }
            #expect(error?.kind == .credentialAlreadyUsed && desk.count(of: "/token") == 1)
        }
    }

    @Test(
        "is refused if only one of app and ID token has a nonce, or they have two",
        arguments: [
            (nil, Self.nonce), (Self.nonce, nil), ("another-nonce-of-an-app", Self.nonce),
        ] as [(String?, String?)])
    func mismatch(presented: String?, issued: String?) async throws {
        try await native(nonce: issued).run { desk in
            let error = await Scenario.failure {
                _ = try await desk.broker.login("op", with: credential(nonce: presented))
            }
            #expect(error?.kind == .invalidCredential && error?.credential == .spent)
        }
    }

    @Test("takes no part that its manifest does not name, and none in another form")
    func malformed() async throws {
        try await native().run { desk in
            for parts in [
                ["state": "s"], ["code_verifier": "a b"], ["code_verifier": "shorter-than-43"], ["redirect_uri": ""],
            ] {
                let credential = Credential.authorizationCode("c", parts: parts.mapValues { Secret($0) })
                let error = await Scenario.failure { _ = try await desk.broker.login("op", with: credential) }
                #expect(error?.kind == .invalidCredential && error?.credential == .unused)
            }
            #expect(desk.upstream.requests.isEmpty)
        }
    }
}
