import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Pushed authorization requests")
struct PushedRequestTests {
    @Test("A pushed request leads to a code, once (fapi2 par-attempt-reuse-request_uri)")
    func pushed() async throws {
        let bench = try await FrontBench.make()
        let answer = try await bench.post(
            "/oauth2/par", FrontBench.parameters("pushing"), as: "pushing:\(ServiceBench.secret)")
        #expect(answer.status == 201 && answer.json["expires_in"] as? Int == 300)
        #expect(answer.headers[.cacheControl] == "no-store")
        let uri = try #require(answer["request_uri"])
        let address = "/oauth2/authorize?client_id=pushing&request_uri=\(uri.percentEncoded)"
        let browser = Browser(bench)
        let page = try await browser.open(address)
        #expect(page.heading == "Sign in")
        #expect(try await browser.open(address).heading == "Sign in", "a reload works")
        let login = try await browser.signIn(after: browser.get(try #require(page.link(to: "work"))))
        #expect(try await bench.redeem(login.answered["code"], as: "pushing:\(ServiceBench.secret)").status == 200)
        #expect(try await browser.open(address).status == 400)
        let other = try await browser.open(address.replacing("client_id=pushing", with: "client_id=web"))
        #expect(other.status == 400 && other.location == nil)
    }

    @Test("A client that has to push cannot have a browser bring its request")
    func required() async throws {
        let answer = try await Browser(try await FrontBench.make()).open(FrontBench.request("pushing"))
        #expect(answer.answered["error"] == "invalid_request")
    }

    @Test(
        "What is wrong is refused, and the client has to be the one",
        arguments: [
            ("web", "wrong secret of enough bytes", [:], 401, "invalid_client"),
            ("web", nil, ["client_id": "spa"], 400, "invalid_request"),
            ("web", nil, ["redirect_uri": "https://evil.example/"], 400, "invalid_request"),
            ("web", nil, ["request_uri": "urn:ietf:params:oauth:request_uri:x"], 400, "request_uri_not_supported"),
            ("web", nil, ["code_challenge_method": "plain"], 400, "invalid_request"),
        ] as [(String, String?, [String: String?], Int, String)])
    func refused(client: String, secret: String?, changes: [String: String?], status: Int, error: String) async throws {
        let bench = try await FrontBench.make()
        let answer = try await bench.post(
            "/oauth2/par", FrontBench.parameters(client, changes), as: "\(client):\(secret ?? ServiceBench.secret)")
        #expect((answer.status, answer["error"]) == (status, error))
    }
}
