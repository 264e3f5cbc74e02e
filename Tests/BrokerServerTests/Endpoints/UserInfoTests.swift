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

    @Test("Claims are returned as the scope allows", arguments: [HTTPRequest.Method.get, .post])
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

    @Test("Without a token, the answer only says how to send one (RFC 6750 §3.1)")
    func none() async throws {
        let answer = try await userInfo(ServiceBench(), nil)
        #expect(answer.status == 401)
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="identity-broker""#)
    }

    @Test("CVE-2023-48309: only an access token is accepted", arguments: ["id_token", "refresh_token"])
    func confusion(member: String) async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()[member])
        let answer = try await userInfo(bench, "Bearer \(token)")
        #expect((answer.status, answer["error"]) == (401, "invalid_token"))
        #expect(answer.headers[.wwwAuthenticate]?.contains(#"error="invalid_token""#) == true)
    }

    @Test("An expired token is refused at once: the clock that issued it is our own")
    func expired() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()["access_token"])
        bench.clock.advance(by: .seconds(599))
        #expect(try await userInfo(bench, "Bearer \(token)").status == 200)
        bench.clock.advance(by: .seconds(1))
        #expect(try await userInfo(bench, "Bearer \(token)").status == 401)
    }

    @Test("A token without the required scope is refused, and the answer names that scope (RFC 6750 §3)")
    func insufficientScope() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange("alice.1", scope: "profile")["access_token"])
        let answer = try await userInfo(bench, "Bearer \(token)")
        #expect((answer.status, answer["error"]) == (403, "insufficient_scope"))
        #expect(
            answer.headers[.wwwAuthenticate]
                == #"Bearer realm="identity-broker", error="insufficient_scope", scope="openid""#)
    }

    @Test("Two tokens are refused, with a challenge that says why")
    func twice() async throws {
        let bench = try await ServiceBench()
        var headers = HTTPFields()
        for token in ["a", "b"] { headers.append(HTTPField(name: .authorization, value: "Bearer \(token)")) }
        let answer = try await bench.send(.get, "/oauth2/userinfo", headers: headers)
        #expect(answer.status == 400)
        #expect(answer.headers[.wwwAuthenticate]?.contains(#"error="invalid_request""#) == true)
    }

    @Test("A token in the query is ignored")
    func query() async throws {
        let bench = try await ServiceBench()
        let token = try #require(try await bench.exchange()["access_token"])
        #expect(try await bench.send(.get, "/oauth2/userinfo?access_token=\(token)").status == 401)
    }

    @Test(
        "A malformed token is refused",
        arguments: [
            "Bearer", "Bearer ", "Bearer   ", "Bearer a b", "Bearer a,b", "Bearer a\tb", "Bearer =", "Bearer a=b",
            "Bearer \u{E9}",
        ])
    func malformed(header: String) throws {
        let refused = #expect(throws: OAuthError.self) { try BearerToken.read([.authorization: header]) }
        #expect(refused?.code == .invalidToken)
    }

    @Test(
        "Credentials of another scheme count as none, and the challenge has no error code (RFC 6750 §3.1)",
        arguments: ["Basic YQ==", "Beare\u{301}r a", "Bearer\ta", "DPoP a"])
    func otherScheme(header: String) async throws {
        #expect(try BearerToken.read([.authorization: header]) == nil)
        let answer = try await ServiceBench().send(.get, "/oauth2/userinfo", headers: [.authorization: "Basic YQ=="])
        #expect(answer.status == 401)
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="identity-broker""#)
    }

    @Test(
        "A token may follow any number of spaces (RFC 6750 §2.1)",
        arguments: [
            ("Bearer a", "a"), ("bearer  a", "a"), ("BEARER    a.B-c_9~+/==", "a.B-c_9~+/=="), ("Bearer a=", "a="),
        ])
    func spaces(header: String, token: String) throws {
        #expect(try BearerToken.read([.authorization: header]) == Secret(token))
    }
}
