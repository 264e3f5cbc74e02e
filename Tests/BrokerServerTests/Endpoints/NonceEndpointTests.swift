import BrokerTesting
import HTTPTypes
import Testing

@testable import BrokerServer

@Suite("The nonce endpoint")
struct NonceEndpointTests {
    @Test("A public client gets a nonce, and presents it once")
    func nonce() async throws {
        let bench = try await ServiceBench()
        let answer = try await bench.post("/providers/tickets/nonce", [("client_id", "phone")], as: nil)
        #expect(answer.status == 200 && answer.json["expires_in"] as? Int == 600)
        #expect(answer.headers[.cacheControl] == "no-store")
        let nonce = try #require(answer["nonce"])
        #expect(try await exchange("alice.1", nonce: nonce, at: bench).status == 200)
        let again = try await exchange("bob.1", nonce: nonce, at: bench)
        #expect(again.status == 400 && again["error"] == "invalid_grant" && again["kind"] == "invalid_credential")
    }

    @Test("A nonce that was not issued is refused, and one beside a ticket means nothing")
    func notIssued() async throws {
        let bench = try await ServiceBench()
        let forged = try await exchange("alice.1", nonce: "forged", at: bench)
        #expect(forged.status == 400 && forged["error"] == "invalid_grant")
        let ticket = try await bench.post("/oauth2/token", .exchange() + [("nonce", "n")])
        #expect(ticket.status == 200)
    }

    @Test(
        "There is no nonce without a public client and one of its providers",
        arguments: [
            ("/providers/absent/nonce", "phone", 400, "invalid_request"),
            ("/providers/UPPER/nonce", "phone", 400, "invalid_request"),
            ("/providers/tickets/nonce", "stranger", 401, "invalid_client"),
            ("/providers/tickets/nonce", "unknown", 401, "invalid_client"),
        ]
    )
    func refusals(path: String, client: String, status: Int, error: String) async throws {
        let answer = try await ServiceBench().post(path, [("client_id", client)], as: nil)
        #expect(answer.status == status && answer["error"] == error)
    }

    @Test("An address gets 600 nonces a minute, whatever rates are configured, and its other requests do not count")
    func rate() async throws {
        let bench = try await ServiceBench()
        let form = [("client_id", "phone")]
        for _ in 0..<600 {
            #expect(try await bench.post("/providers/tickets/nonce", form, as: nil).status == 200)
        }
        let refused = try await bench.post("/providers/tickets/nonce", form, as: nil)
        #expect(refused.status == 429 && refused["kind"] == "rate_limited" && refused.headers[.retryAfter] == "1")
        #expect(try await bench.exchange("alice.1").status == 200)
        bench.clock.advance(by: .seconds(1))
        #expect(try await bench.post("/providers/tickets/nonce", form, as: nil).status == 200)
    }

    @Test("A client with a secret gets none")
    func confidential() async throws {
        let answer = try await ServiceBench().post("/providers/tickets/nonce", [])
        #expect(answer.status == 400 && answer["error"] == "unauthorized_client")
    }

    private func exchange(_ idToken: String, nonce: String, at bench: ServiceBench) async throws -> Answer {
        let type = "urn:ietf:params:oauth:token-type:id_token"
        return try await bench.post(
            "/oauth2/token",
            .exchange(idToken).replacing("subject_token_type", type) + [("client_id", "phone"), ("nonce", nonce)],
            as: nil)
    }
}
