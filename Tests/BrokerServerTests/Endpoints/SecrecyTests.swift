import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Secrets of the service")
struct SecrecyTests {
    @Test("No secret, ticket or token appears in a log, an error or the audit log")
    func nowhere() async throws {
        let bench = try await ServiceBench()
        let ticket = "alice.Zk4vNc8RgH1uPd6W"
        let issued = try await bench.exchange(ticket)
        let tokens = try ["access_token", "refresh_token", "id_token"].map { try #require(issued[$0]) }
        var texts: [String] = []
        for token in tokens {
            texts.append(try await bench.post("/oauth2/introspect", [("token", token + "x")]).text)
            texts.append(
                try await bench.send(.get, "/oauth2/userinfo", headers: [.authorization: "Bearer \(token)x"]).text)
            texts.append(
                try await bench.post(
                    "/oauth2/token", [("grant_type", "refresh_token"), ("refresh_token", token + "x")]
                )
                .text)
            texts.append(try await bench.post("/oauth2/revoke", [("token", token)]).text)
        }
        texts.append(try await bench.exchange(ticket).text)
        texts.append(try await bench.exchange(as: "app:\(ServiceBench.secret)x").text)
        texts += try bench.store.auditEvents.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        for secret in tokens + [ticket, ServiceBench.secret] {
            #expect(!texts.contains { $0.contains(secret) })
            #expect(!bench.log.mentions(secret))
        }
    }
}
