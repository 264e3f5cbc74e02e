import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The userinfo endpoint")
struct UserInfoTests {
    private func userInfo(_ bench: ServiceBench, _ header: String?, _ method: HTTPRequest.Method = .get) async throws
        -> Answer
    {
        try await bench.send(method, "/oauth2/userinfo", headers: header.map { [.authorization: $0] } ?? [:])
    }

    @Test("Claims are shown as far as the scope goes", arguments: [HTTPRequest.Method.get, .post])
    func claims(method: HTTPRequest.Method) async throws {
        let bench = try await ServiceBench()
        let all = try #require(try await bench.exchange("alice.1")["access_token"])
        let some = try #require(try await bench.exchange("alice.2", scope: "openid profile")["access_token"])
        let complete = try await userInfo(bench, "Bearer \(all)", method)
        #expect(complete.status == 200)
        #expect(complete["name"] == "Name of alice")
        #expect(complete["email"] == "alice@example.com")
        #expect(complete.json["email_verified"] as? Bool == true)
        let partial = try await userInfo(bench, "bearer \(some)", method)
        #expect(partial["name"] == "Name of alice")
        #expect(partial["email"] == nil)
        #expect(partial["sub"] == complete["sub"])
    }

    @Test("Without a token nothing is said but how to bring one (RFC 6750 §3.1)")
    func none() async throws {
        let answer = try await userInfo(ServiceBench(), nil)
        #expect(answer.status == 401)
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="identity-broker""#)
    }

    @Test("CVE-2023-48309: no other token than an access token passes", arguments: ["id_token", "refresh_token"])
    func confusion(member: String) async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()[member])
        let answer = try await userInfo(bench, "Bearer \(token)")
        #expect((answer.status, answer["error"]) == (401, "invalid_token"))
        #expect(answer.headers[.wwwAuthenticate]?.contains(#"error="invalid_token""#) == true)
    }

    @Test("An expired token is refused")
    func expired() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()["access_token"])
        bench.clock.advance(by: .seconds(661))
        #expect(try await userInfo(bench, "Bearer \(token)").status == 401)
    }

    @Test("A token in the query is none")
    func query() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()["access_token"])
        #expect(try await bench.send(.get, "/oauth2/userinfo?access_token=\(token)").status == 401)
    }

    @Test(
        "A header of another form is refused",
        arguments: ["Bearer", "Bearer ", "Bearer a b", "Basic YQ==", "bearer  x"])
    func malformed(header: String) async throws {
        #expect(try await userInfo(ServiceBench(), header).status == 401)
    }
}
