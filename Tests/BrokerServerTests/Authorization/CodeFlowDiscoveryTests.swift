import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Discovery of the authorization code flow")
struct CodeFlowDiscoveryTests {
    @Test("The metadata say what works (oidcc-discovery-endpoint-verification)")
    func members() async throws {
        let bench = try await FrontBench.make()
        let answer = try await bench.send(.get, "/.well-known/openid-configuration")
        for (member, path) in [
            ("authorization_endpoint", "/oauth2/authorize"), ("end_session_endpoint", "/oauth2/logout"),
            ("pushed_authorization_request_endpoint", "/oauth2/par"),
        ] {
            #expect(answer[member] == ServiceBench.issuer + path)
            #expect(try await bench.send(.delete, path).status == 405)
        }
        let lists: [String: [String]] = [
            "response_types_supported": ["code"], "response_modes_supported": ["query", "form_post"],
            "code_challenge_methods_supported": ["S256"], "ui_locales_supported": ["en", "zh-Hans"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
        ]
        for (member, list) in lists { #expect(answer.json[member] as? [String] == list, "\(member)") }
        #expect((answer.json["grant_types_supported"] as? [String])?.contains("authorization_code") == true)
        #expect((answer.json["scopes_supported"] as? [String])?.last == "offline_access")
        #expect(answer.json["authorization_response_iss_parameter_supported"] as? Bool == true)
        #expect(answer.json["request_uri_parameter_supported"] as? Bool == false)
    }

    @Test("Where no client gets codes, nothing of it is there")
    func absent() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.send(.get, "/.well-known/openid-configuration")
        for member in [
            "authorization_endpoint", "end_session_endpoint", "response_modes_supported", "prompt_values_supported",
        ] {
            #expect(answer.json[member] == nil, "\(member)")
        }
        #expect(answer.json["response_types_supported"] as? [String] == [])
    }

    @Test("A reload that gives a client the grant changes them")
    func reload() async throws {
        let bench = try await ServiceBench()
        #expect(try await bench.send(.get, "/.well-known/openid-configuration")["authorization_endpoint"] == nil)
        try bench.tokens.replaceClients(with: ClientDirectory(FrontBench.clients()))
        #expect(try await bench.send(.get, "/.well-known/openid-configuration")["authorization_endpoint"] != nil)
    }
}
