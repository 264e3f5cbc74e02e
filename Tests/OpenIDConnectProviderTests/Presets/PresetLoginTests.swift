import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import StrictJSON
import Testing

@testable import OpenIDConnectProvider

@Suite("A login with a preset")
struct PresetLoginTests {
    @Test("of Microsoft proves the client by an assertion for the token endpoint, whichever tenants are let in")
    func assertionAudience() async throws {
        let tenant = "11111111-2222-3333-4444-555555555555"
        try await KeyFile.withDirectory { directory in
            let file = try KeyFile(.rsa, in: directory)
            let base = Locked("")
            let scenario = Scenario {
                $0.documentPath = "/organizations/v2.0"
                $0.document = { document, baseURL in
                    base.withLock { $0 = baseURL }
                    document["issuer"] = .string("\(baseURL)/{tenantid}/v2.0")
                }
                $0.claims = { claims in
                    claims["iss"] = .string("\(base.withLock { $0 })/\(tenant)/v2.0")
                    claims["tid"] = .string(tenant)
                }
            }.with {
                let issuer = $0.issuer
                $0 = OpenIDConnectPreset.microsoft.defaults
                ($0.issuer, $0.clientId) = ("\(issuer)/{tenantid}/v2.0", OpenIDProviderDouble.clientId)
                $0.tenants = [tenant, "99999999-2222-3333-4444-555555555555"]
                $0.clientAssertion = .init(keyFile: file.path)
            }
            try await scenario.run { desk in
                let identity = try await desk.login()
                #expect(identity.issuer.rawValue == "\(desk.upstream.baseURL)/\(tenant)/v2.0")
                let request = try #require(desk.upstream.requests.first { $0.target == "/token" })
                let assertion = try #require(FormText.decode(request.bodyText)["client_assertion"])
                let claims = try JSONReader().read(CompactJWS(assertion).payload)
                #expect(claims["aud"]?.string == "\(desk.upstream.baseURL)/token")
            }
        }
    }

    @Test(
        "of Keycloak takes no token of another type",
        arguments: [
            ("ID", nil), (nil, nil), ("Bearer", .upstreamMisbehaved), ("Refresh", .upstreamMisbehaved),
            (7, .upstreamMisbehaved),
        ] as [(JSONValue?, BrokerError.Kind?)])
    func tokenType(type: JSONValue?, kind: BrokerError.Kind?) async throws {
        let scenario = Scenario { $0.claims = { $0["typ"] = type } }
        let keycloak = scenario.with { $0.peculiarities = OpenIDConnectPreset.keycloak.defaults.peculiarities }
        #expect(try await keycloak.failure()?.kind == kind)
        // Of others only what is certainly an access token is refused.
        #expect(try await scenario.failure()?.kind == (type?.string == "Bearer" ? .upstreamMisbehaved : nil))
    }
}
