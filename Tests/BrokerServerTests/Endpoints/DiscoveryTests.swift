import BrokerObservability
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Discovery")
struct DiscoveryTests {
    @Test(
        "The metadata name every endpoint under the issuer, as OAuth and OpenID Connect define",
        arguments: ["oauth-authorization-server", "openid-configuration"])
    func metadata(name: String) async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.send(.get, "/.well-known/\(name)")
        #expect(answer.status == 200)
        #expect(answer.json["subject_types_supported"] as? [String] == ["public"])
        #expect(answer.json["id_token_signing_alg_values_supported"] as? [String] == ["ES256"])
        #expect(answer.json["authorization_endpoint"] == nil)
        #expect(answer["issuer"] == ServiceBench.issuer)
        for member in [
            "token_endpoint", "revocation_endpoint", "introspection_endpoint", "userinfo_endpoint", "jwks_uri",
        ] {
            let url = try #require(answer[member])
            let path = try #require(url.hasPrefix(ServiceBench.issuer) ? url.dropFirst(ServiceBench.issuer.count) : nil)
            #expect(try await bench.send(.options, String(path)).status == 405)
        }
    }

    @Test("An issuer with a path is served below it, with its metadata as in RFC 8414 §3.1")
    func issuerPath() async throws {
        let bench = try await ServiceBench(metrics: PrometheusRegistry(), issuer: "https://example.com/login/eu")
        for path in ["/.well-known/oauth-authorization-server/login/eu", "/login/eu/.well-known/openid-configuration"] {
            let answer = try await bench.send(.get, path)
            #expect(answer["issuer"] == "https://example.com/login/eu", "\(path)")
            #expect(answer["token_endpoint"] == "https://example.com/login/eu/oauth2/token")
        }
        let token = try await bench.post("/login/eu/oauth2/token", .exchange())
        #expect(token.status == 200)
        for path in ["/login/eu/oauth2/jwks", "/login/eu/providers", "/login/eu/openapi.json", "/health/live"] {
            #expect(try await bench.send(.get, path).status == 200, "\(path)")
        }
        for path in [
            "/oauth2/jwks", "/providers", "/login/eu/metrics", "/login/eu/health/live",
            "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
            "/login/eu/.well-known/oauth-authorization-server",
        ] {
            #expect(try await bench.send(.get, path).status == 404, "\(path)")
        }
    }

    @Test("The key set contains only public keys, and may be cached for a while")
    func keys() async throws {
        let answer = try await ServiceBench().send(.get, "/oauth2/jwks")
        #expect(answer.headers[.cacheControl] == "public, max-age=300")
        let keys = try #require(answer.json["keys"] as? [[String: Any]])
        #expect(!keys.isEmpty)
        for key in keys {
            #expect(Set(key.keys).isDisjoint(with: ["d", "p", "q", "dp", "dq", "qi", "k"]))
            #expect(key["use"] as? String == "sig")
        }
    }

    @Test("The providers are listed for buttons, with their launch requests")
    func providers() async throws {
        let bench = try await ServiceBench()
        let list = try await bench.send(.get, "/providers")
        let entries = try #require(list.json["providers"] as? [[String: Any]])
        #expect(entries.map { $0["id"] as? String } == ["tickets", "other"])
        #expect(entries.map { $0["launch"] as? Bool } == [true, false])
        #expect(entries.map { $0["browser"] as? Bool } == [false, false])
        let types = ["urn:identity-broker:token-type:ticket", "urn:ietf:params:oauth:token-type:id_token"]
        #expect(entries.map { $0["subject_token_types"] as? [String] } == [types, types])
        #expect(entries.map { $0["icon"] as? String } == ["tickets", "tickets"])
        let launch = try await bench.send(.get, "/providers/tickets/launch")
        #expect(launch.json as NSDictionary == ["provider": "tickets", "target": "app", "path": "/sign-in"])
        #expect(try await bench.send(.get, "/providers/other/launch").status == 404)
        #expect(try await bench.send(.get, "/providers/nobody/launch").status == 404)
    }

    @Test("HEAD is GET without its body")
    func head() async throws {
        let bench = try await ServiceBench()
        let get = try await bench.send(.get, "/providers")
        let head = try await bench.send(.head, "/providers")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.headers[.contentLength] == "\(get.body.count)")
    }

    @Test("The description matches what is served: every operation, and nothing else")
    func description() async throws {
        let bench = try await ServiceBench(metrics: PrometheusRegistry())
        let description = try await bench.send(.get, "/openapi.json")
        #expect(description["openapi"] == "3.1.0")
        let paths = try #require(description.json["paths"] as? [String: [String: Any]])
        let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options, .trace]
        for (path, operations) in paths {
            for method in methods {
                let answer = try await bench.send(method, path.replacing("{id}", with: "tickets"), from: "127.0.0.1")
                let isDescribed = operations[method.rawValue.lowercased()] != nil
                #expect((answer.status != 405) == isDescribed, "\(method) \(path)")
                let statuses =
                    (operations[method.rawValue.lowercased()] as? [String: Any])?["responses"] as? [String: Any]
                #expect(!isDescribed || statuses?["\(answer.status)"] != nil, "\(method) \(path): \(answer.status)")
            }
        }
        #expect(paths.count == 18)
    }

    @Test("The description has every readiness answer, and what operators learn about the configuration")
    func describedReadiness() async throws {
        let bench = try await ServiceBench(configuration: { ConfigurationStatus() })
        let components = try await bench.send(.get, "/openapi.json").json["components"] as? [String: Any]
        let schemas = try #require(components?["schemas"] as? [String: [String: Any]])
        let readiness = try #require(schemas["Readiness"]?["properties"] as? [String: [String: Any]])
        #expect(readiness["status"]?["enum"] as? [String] == Readiness.Answer.allCases.map(\.rawValue))
        let ready = try await bench.send(.get, "/health/ready", from: "127.0.0.1")
        #expect(Set(ready.json.keys) == Set(readiness.keys))
        let told = try #require(ready.json["configuration"] as? [String: Any])
        let described = try #require(readiness["configuration"]?["properties"] as? [String: Any])
        #expect(Set(told.keys) == Set(described.keys))
    }
}
