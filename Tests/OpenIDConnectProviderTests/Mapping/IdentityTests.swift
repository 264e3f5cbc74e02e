import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@Suite("The identity of a login")
struct IdentityTests {
    @Test("is keyed by issuer and subject, never by an address: nOAuth, CVE-2023-3128")
    func key() async throws {
        let first = try await Scenario().run { try await $0.login() }
        #expect(first.subject == "person-1")
        let second = try await Scenario { $0.claims = { $0["sub"] = "person-2" } }.login()
        #expect(second.subject == "person-2")
        #expect(second.claims.email == first.claims.email)
    }

    @Test("has how the user signed in, the access token and the record")
    func contents() async throws {
        let identity = try await Scenario {
            $0.claims = { ($0["acr"], $0["amr"], $0["groups"]) = ("urn:high", ["pwd", "otp"], ["staff"]) }
        }.login()
        #expect(identity.attributes == ["acr": "urn:high", "amr": ["pwd", "otp"]])
        #expect(identity.upstreamToken == Secret(OpenIDProviderDouble.accessToken))
        #expect(identity.record?["groups"] == ["staff"])
        #expect(identity.record?["nonce"] == nil)
    }

    @Test("has neither the refresh token nor the ID token in it, where the userinfo repeats them")
    func issuedSecrets() async throws {
        let idToken = Locked("")
        let scenario = Scenario {
            $0.claims = { $0["name"] = nil }
            $0.idToken = { token in
                idToken.withLock { $0 = token }
                return token
            }
            $0.tokens = { $0["refresh_token"] = "canary-refresh-1" }
            $0.userInfo = {
                $0["name"] = "it is canary-refresh-1"
                $0["echo"] = .string("it is \(idToken.withLock { $0 })")
            }
        }
        let identity = try await scenario.login()
        #expect(identity.claims.name == "it is <redacted>" && identity.record?["echo"] == "it is <redacted>")
    }
}
