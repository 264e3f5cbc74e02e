import BrokerServing
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Pages of other origins")
struct CrossOriginTests {
    private static let page = "https://app.example.com"

    private func bench() async throws -> ServiceBench {
        try await ServiceBench(
            limits: RequestLimits(addressRate: RateLimit(logins: 6, per: .seconds(60))),
            clients: ServiceBench.clients() + [
                TokenClient(
                    id: "spa", authentication: .none, audiences: [ServiceBench.api],
                    redeemsTicketsWithoutAuthentication: true, corsOrigins: [Self.page])
            ])
    }

    private func preflight(_ bench: ServiceBench, _ path: String, from origin: String) async throws -> Answer {
        let method = try #require(HTTPField.Name("Access-Control-Request-Method"))
        return try await bench.send(.options, path, headers: [.origin: origin, method: "POST"])
    }

    @Test(
        "A registered origin may preflight",
        arguments: [("token", "POST"), ("revoke", "POST"), ("userinfo", "GET, HEAD, POST")])
    func allowed(path: String, methods: String) async throws {
        let answer = try await preflight(bench(), "/oauth2/\(path)", from: Self.page)
        #expect(answer.status == 204 && answer.body.isEmpty)
        #expect(answer.headers[.accessControlAllowOrigin] == Self.page)
        #expect(answer.headers[.accessControlAllowMethods] == methods)
        #expect(answer.headers[.accessControlAllowHeaders] == "Authorization, Content-Type")
        #expect(answer.headers[.vary] == "Origin")
        #expect(answer.headers[.accessControlAllowCredentials] == nil)
    }

    @Test(
        "No other origin may, at no other path",
        arguments: [
            "https://evil.example", "null", "https://app.example.com.evil.example", "http://app.example.com",
            "https://app.example.com:8443", "HTTPS://APP.EXAMPLE.COM", "https://app.example.com/", "*", "",
        ])
    func refused(origin: String) async throws {
        let bench = try await bench()
        for path in ["token", "revoke", "userinfo"] {
            let answer = try await preflight(bench, "/oauth2/\(path)", from: origin)
            #expect(answer.headers[.accessControlAllowOrigin] == nil)
            #expect(answer.headers[.vary] == "Origin")
        }
        let introspection = try await preflight(bench, "/oauth2/introspect", from: Self.page)
        #expect(introspection.headers[.accessControlAllowOrigin] == nil)
    }

    @Test("Answers, including errors and refusals, are readable by the registered origin, and say what they vary by")
    func answers() async throws {
        let bench = try await bench()
        let spa = [("client_id", "spa")]
        let forms: [(form: [(String, String)], status: Int)] = [
            (.exchange() + spa, 200), ([("grant_type", "x")] + spa, 400), ([], 401),
        ]
        for (form, status) in forms {
            let answer = try await bench.post("/oauth2/token", form, as: nil, headers: [.origin: Self.page])
            #expect(answer.status == status)
            #expect(answer.headers[.accessControlAllowOrigin] == Self.page)
            #expect(answer.headers[.accessControlExposeHeaders] == "Retry-After, WWW-Authenticate, X-Request-ID")
            #expect(answer.headers[.vary] == "Origin")
        }
        let info = try await bench.send(.get, "/oauth2/userinfo", headers: [.origin: Self.page])
        #expect((info.status, info.headers[.accessControlAllowOrigin]) == (401, Self.page))
        let plain = try await bench.send(.get, "/oauth2/userinfo")
        #expect((plain.headers[.accessControlAllowOrigin], plain.headers[.vary]) == (nil, "Origin"))
        _ = try await bench.send(.get, "/oauth2/userinfo")
        let limited = try await bench.send(.get, "/oauth2/userinfo", headers: [.origin: Self.page])
        #expect((limited.status, limited.headers[.accessControlAllowOrigin]) == (429, Self.page))
    }

    @Test(
        "Any page may read public data",
        arguments: [
            "/oauth2/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
            "/providers", "/openapi.json",
        ])
    func everybody(path: String) async throws {
        let bench = try await bench()
        for headers in [[:], [.origin: "https://anything.example"]] as [HTTPFields] {
            let answer = try await bench.send(.get, path, headers: headers)
            #expect(answer.status == 200)
            #expect(answer.headers[.accessControlAllowOrigin] == "*")
            #expect(answer.headers[.accessControlAllowCredentials] == nil)
        }
        let answer = try await preflight(bench, path, from: "https://anything.example")
        #expect((answer.status, answer.headers[.accessControlAllowMethods]) == (204, "GET, HEAD"))
    }

    @Test("Pages of one client do not read answers to another")
    func otherClient() async throws {
        let bench = try await bench()
        let page: HTTPFields = [.origin: Self.page]
        let unauthenticated = try await bench.post(
            "/oauth2/token", .exchange("alice.1") + [("client_id", "phone")], as: nil, headers: page)
        let confidential = try await bench.post(
            "/oauth2/token", .exchange("alice.2") + [("scope", "openid")], headers: page)
        for answer in [unauthenticated, confidential] {
            #expect((answer.status, answer.headers[.accessControlAllowOrigin]) == (200, nil))
            #expect(answer.headers[.vary] == "Origin")
        }
        let bearer = HTTPFields([
            HTTPField(name: .origin, value: Self.page),
            HTTPField(name: .authorization, value: "Bearer \(try #require(confidential["access_token"]))"),
        ])
        let claims = try await bench.send(.get, "/oauth2/userinfo", headers: bearer)
        #expect((claims.status, claims.headers[.accessControlAllowOrigin]) == (200, nil))
    }

    @Test("Operations are not for pages")
    func operations() async throws {
        let answer = try await bench().send(.get, "/health/ready", headers: [.origin: Self.page])
        #expect(answer.headers[.accessControlAllowOrigin] == nil)
    }

    @Test("Origins follow the clients")
    func reload() async throws {
        let bench = try await bench()
        try bench.tokens.replaceClients(with: ClientDirectory(ServiceBench.clients()))
        let answer = try await preflight(bench, "/oauth2/token", from: Self.page)
        #expect(answer.headers[.accessControlAllowOrigin] == nil)
    }
}
