import OpenIDConnectProvider
import BrokerTesting
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

/// A discovery document or key set that cannot be used.
struct DocumentFault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: BrokerError.Kind
    let behavior: Behavior

    init(_ name: String, _ kind: BrokerError.Kind, _ change: (inout Behavior) -> Void) {
        testDescription = name
        self.kind = kind
        var behavior = Behavior()
        change(&behavior)
        self.behavior = behavior
    }

    static func member(_ name: String, _ value: JSONValue?, _ kind: BrokerError.Kind) -> DocumentFault {
        DocumentFault("\(name): \(value?.json.prefix(60) ?? "none")", kind) {
            $0.document = { document, _ in document[name] = value }
        }
    }

    static let all: [DocumentFault] = [
        member("issuer", "https://another.example", .misconfigured),
        DocumentFault("oidcc-client-test-discovery-issuer-mismatch: a slash more", .misconfigured) {
            $0.document = { document, baseURL in document["issuer"] = .string("\(baseURL)/") }
        },
        DocumentFault("the issuer in capitals", .misconfigured) {
            $0.document = { document, baseURL in document["issuer"] = .string(baseURL.uppercased()) }
        },
        member("issuer", nil, .upstreamMisbehaved),
        member("issuer", ["https://another.example"], .upstreamMisbehaved),
        DocumentFault("a page", .upstreamMisbehaved) { $0.documentAnswer = .text("<!doctype html>") },
        DocumentFault("none", .misconfigured) { $0.documentAnswer = .text("", status: 404) },
        DocumentFault("not for us", .upstreamMisbehaved) { $0.documentAnswer = .text("", status: 403) },
        DocumentFault("a failure", .upstreamUnavailable) { $0.documentAnswer = .text("", status: 503) },
        DocumentFault("too many requests", .rateLimited) { $0.documentAnswer = .text("", status: 429) },
        DocumentFault("a redirect", .upstreamMisbehaved) {
            $0.documentAnswer = ServerResponse(status: 302, headers: [HeaderField("Location", "https://evil.example/")])
        },
        DocumentFault("a megabyte", .upstreamMisbehaved) {
            $0.documentAnswer = .text(#"{"issuer":"\#(String(repeating: "a", count: 1 << 20))"}"#)
        },
        // CVE-2025-6514: a URL from the document was opened whatever it was.
        member("authorization_endpoint", "javascript:alert(1)//", .upstreamMisbehaved),
        member("authorization_endpoint", "file:///etc/passwd", .upstreamMisbehaved),
        member("authorization_endpoint", "https://user:password@idp.example/", .upstreamMisbehaved),
        member("authorization_endpoint", "https://idp.example/#fragment", .upstreamMisbehaved),
        member("authorization_endpoint", "https://idp.example/\\evil", .upstreamMisbehaved),
        member("authorization_endpoint", "/authorize", .upstreamMisbehaved),
        member("authorization_endpoint", 7, .upstreamMisbehaved),
        member("authorization_endpoint", "https://idp.example/?state=fixed", .upstreamMisbehaved),
        member("authorization_endpoint", "http://idp.example/", .misconfigured),
        member("authorization_endpoint", "https://idp.example/a/../b", .upstreamMisbehaved),
        member("authorization_endpoint", nil, .misconfigured),
        member("token_endpoint", nil, .misconfigured),
        member("token_endpoint", "http://localhost/token", .misconfigured),
        member("token_endpoint", "https://169.254.169.254/token", .misconfigured),
        member("token_endpoint", "https://10.0.0.1/token", .misconfigured),
        member("token_endpoint", "https://[fd00::1]/token", .misconfigured),
        member("jwks_uri", nil, .misconfigured),
        member("jwks_uri", "https://192.168.1.1/keys", .misconfigured),
        member("jwks_uri", "gopher://idp.example/", .upstreamMisbehaved),
        member("token_endpoint_auth_methods_supported", "client_secret_post", .upstreamMisbehaved),
        member("token_endpoint_auth_methods_supported", ["private_key_jwt", "none"], .misconfigured),
        member("id_token_signing_alg_values_supported", ["none"], .misconfigured),
        DocumentFault("a key set of a megabyte", .upstreamMisbehaved) {
            $0.keySet = { #"{"keys":[],"padding":"\#(String(repeating: "a", count: 1 << 20))"}"# }
        },
        DocumentFault("a key set with a private key", .upstreamMisbehaved) {
            $0.keySet = {
                try TestKeys.published(TestKeys.ec.get(), as: "key-1").replacing(#""x":"#, with: #""d":"AA","x":"#)
            }
        },
        DocumentFault("a key set with a point off its curve", .upstreamMisbehaved) {
            $0.keySet = {
                let set = try TestKeys.published(TestKeys.ec.get(), as: "key-1")
                return set.replacing(#""x":""#, with: #""z":""#).replacing(#""y":""#, with: #""x":""#)
                    .replacing(#""z":""#, with: #""y":""#)
            }
        },
        DocumentFault("a key set that is a page", .upstreamMisbehaved) { $0.keySet = { "<!doctype html>" } },
        DocumentFault("a key set without keys", .upstreamMisbehaved) { $0.keySet = { #"{"keys":[]}"# } },
    ]
}

@Suite("Discovery")
struct DiscoveryTests {
    @Test("fails with a reason", arguments: DocumentFault.all)
    func fault(_ fault: DocumentFault) async throws {
        var scenario = Scenario()
        scenario.behavior = fault.behavior
        let failure = try await scenario.failure()
        #expect(failure?.kind == fault.kind)
    }

    @Test("names what an endpoint must be, whatever the egress policy allows", arguments: [false, true])
    func requirement(allowsInsecureHTTP: Bool) async throws {
        var scenario = Scenario {
            $0.document = { document, _ in document["jwks_uri"] = "ftp://idp.example/keys" }
        }
        scenario.allowsInsecureHTTP = allowsInsecureHTTP
        let message = try await scenario.failure()?.message
        #expect(message?.contains("jwks_uri what is not an absolute URL of https or http") == true)
    }

    @Test("is done once for many logins, and a code is not spent while there are no keys")
    func once() async throws {
        let count = Locked(0)
        let scenario = Scenario {
            $0.callback = { parameters in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                parameters["code"] = "code-\(number)"
            }
        }
        try await scenario.run { desk in
            for _ in 1...3 { _ = try await desk.login() }
            #expect(desk.count(of: "/token") == 3)
            #expect(desk.count(of: "/.well-known/openid-configuration") == 1)
            #expect(desk.count(of: "/keys") == 1)
        }
        let failure = try await Scenario { $0.keySet = { "{}" } }.failure()
        #expect(failure?.credential == .unused)
    }

    @Test(
        "that lacks what logins need is noticed before a user is sent there, and before a code is",
        arguments: ["userinfo_endpoint", "token_endpoint", "jwks_uri", "algorithms", "methods"])
    func incomplete(what: String) async throws {
        let isIncomplete = Locked(false)
        let scenario = Scenario {
            $0.document = { document, _ in
                guard isIncomplete.withLock({ $0 }) else { return }
                switch what {
                case "algorithms": document["id_token_signing_alg_values_supported"] = ["none", "HS256"]
                case "methods": document["token_endpoint_auth_methods_supported"] = ["tls_client_auth"]
                default: document[what] = nil
                }
            }
        }.with { $0.userInfo = .always }
        try await scenario.run { desk in
            _ = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            desk.clock.advance(by: .seconds(300))
            let start = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            let answer = desk.double.callback(for: start.url)
            isIncomplete.withLock { $0 = true }
            // The document is no longer fresh, and the user is still at the provider.
            desk.clock.advance(by: .seconds(301))
            let ending = await Scenario.failure {
                _ = try await desk.broker.login("op", with: .callback(answer, of: start.flow))
            }
            #expect(ending?.kind == .misconfigured && ending?.credential == .unused)
            let beginning = await Scenario.failure {
                _ = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            }
            #expect(beginning?.kind == .misconfigured)
            #expect(desk.count(of: "/token") == 0)
        }
    }

    @Test("is not needed where the settings have all endpoints")
    func overridden() async throws {
        let scenario = Scenario { $0.documentAnswer = .text("", status: 500) }
        try await scenario.with { settings in
            let base = settings.issuer
            settings.endpoints = .init(
                authorization: "\(base)/authorize", token: "\(base)/token", userInfo: "\(base)/userinfo",
                jwks: "\(base)/keys")
        }.run { desk in
            let identity = try await desk.login()
            #expect(identity.subject == "person-1")
            #expect(desk.count(of: "/.well-known/openid-configuration") == 0)
        }
    }

    @Test("takes single endpoints from the settings")
    func partlyOverridden() async throws {
        let scenario = Scenario {
            $0.document = { document, _ in document["token_endpoint"] = "https://gone.example/" }
        }
        let identity = try await scenario.with { $0.endpoints.token = "\($0.issuer)/token" }.login()
        #expect(identity.subject == "person-1")
    }

    @Test("takes a thousand keys, and finds the one")
    func thousandKeys() async throws {
        let scenario = Scenario {
            $0.keySet = {
                let set = try TestKeys.published(TestKeys.ec.get(), as: "key-1")
                let other = try TestKeys.published(TestKeys.otherEC.get(), as: "key-N")
                let member = other.drop { $0 != "[" }.dropFirst().dropLast(2)
                let many = (2...1000).map { member.replacing("key-N", with: "key-\($0)") }.joined(separator: ",")
                return set.replacing("]}", with: ",\(many)]}")
            }
        }
        #expect(try await scenario.login().subject == "person-1")
    }
}
