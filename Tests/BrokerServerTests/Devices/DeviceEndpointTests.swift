import BrokerServing
import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The endpoints for devices (RFC 8628)")
struct DeviceEndpointTests {
    private static func bench(issuer: String = ServiceBench.issuer, rate: RateLimit? = nil) async throws -> ServiceBench
    {
        var limits = RequestLimits()
        if let rate { limits.transactionRate = rate }
        let authorization = AuthorizationSettings(idTokenAlgorithm: .es256)
        let clients = [
            try TokenClient(
                id: "tv", authentication: .none, grants: [.deviceCode, .refreshToken], audiences: [],
                authorization: authorization),
            try TokenClient(
                id: "box", authentication: .secret(Secret(ServiceBench.secret)), grants: [.deviceCode],
                audiences: ["a", "b"], authorization: authorization),
        ]
        return try await ServiceBench(limits: limits, clients: clients + ServiceBench.clients(), issuer: issuer)
    }

    private static let type = ("grant_type", "urn:ietf:params:oauth:grant-type:device_code")

    @Test("A device gets its codes, and where to enter one")
    func codes() async throws {
        let bench = try await Self.bench()
        let answer = try await bench.post(
            "/oauth2/device_authorization", [("client_id", "tv"), ("scope", "openid")], as: nil)
        #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store")
        let userCode = try #require(answer["user_code"])
        #expect(answer["verification_uri"] == "\(ServiceBench.issuer)/device")
        #expect(answer["verification_uri_complete"] == "\(ServiceBench.issuer)/device?user_code=\(userCode)")
        #expect(answer.json["expires_in"] as? Int == 600 && answer.json["interval"] as? Int == 5)
        #expect(answer["device_code"]?.utf8.count == 43)
    }

    @Test("It polls as itself, and each answer has the error of RFC 8628 §3.5")
    func polling() async throws {
        let bench = try await Self.bench()
        let codes = try await bench.post("/oauth2/device_authorization", [("audience", "b")], as: Self.box)
        let code = ("device_code", try #require(codes["device_code"]))
        func poll(as credentials: String? = Self.box, _ additions: [(String, String)] = []) async throws -> Answer {
            try await bench.post("/oauth2/token", [Self.type, code] + additions, as: credentials)
        }
        let pending = try await poll()
        #expect(pending.status == 400 && pending["error"] == "authorization_pending")
        let hasty = try await poll()
        #expect(hasty.status == 400 && hasty["error"] == "slow_down")
        #expect(try await poll(as: nil, [("client_id", "tv")])["error"] == "invalid_grant")
        #expect(try await poll(as: nil)["error"] == "invalid_client")
        bench.clock.advance(by: .seconds(600))
        #expect(try await poll()["error"] == "expired_token")
        #expect(try await bench.post("/oauth2/token", [Self.type], as: Self.box)["error"] == "invalid_request")
    }

    @Test("A client that may not, or does not authenticate, gets no codes")
    func clients() async throws {
        let bench = try await Self.bench()
        let path = "/oauth2/device_authorization"
        #expect(try await bench.post(path, [])["error"] == "unauthorized_client")
        #expect(try await bench.post(path, [("client_id", "box")], as: nil)["error"] == "invalid_client")
        #expect(try await bench.post(path, [], as: nil)["error"] == "invalid_client")
        #expect(try await bench.send(.get, path).status == 405)
    }

    @Test("How many devices begin at one address is limited")
    func rate() async throws {
        let bench = try await Self.bench(rate: RateLimit(logins: 2, per: .seconds(60)))
        var statuses: [Int] = []
        for _ in 1...3 {
            statuses.append(
                try await bench.post("/oauth2/device_authorization", [("client_id", "tv")], as: nil).status)
        }
        #expect(statuses == [200, 200, 429])
    }

    @Test("Under an issuer with a path, the page is below that path")
    func path() async throws {
        let bench = try await Self.bench(issuer: "https://example.com/login")
        let answer = try await bench.post("/login/oauth2/device_authorization", [("client_id", "tv")], as: nil)
        #expect(answer["verification_uri"] == "https://example.com/login/device")
    }

    private static let box = "box:\(ServiceBench.secret)"
}
