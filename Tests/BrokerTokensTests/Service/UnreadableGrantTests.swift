import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A grant that another version wrote")
struct UnreadableGrantTests {
    @Test("yields nothing, and does not blame the client", arguments: ["", "{}", "null", #"{"client":"web"}"#])
    func body(text: String) async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        var record = try await bench.grant(of: issued).record.stored()
        record.version += 1
        record.body = Data(text.utf8)
        try await expectRefusals(of: record, bench, issued)
    }

    @Test("yields nothing without its account", arguments: [0, 2])
    func owners(count: Int) async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        var record = try await bench.grant(of: issued).record.stored()
        record.version += 1
        record.owners = Set((0..<count).map { _ in .account(AccountID(UUID())) })
        try await expectRefusals(of: record, bench, issued)
    }

    private func expectRefusals(of record: StoredRecord, _ bench: TokenBench, _ issued: IssuedTokens) async throws {
        let other = try await bench.signIn()
        #expect(try await bench.store.commit([.put(record)], at: bench.clock.date) == .done(consumed: []))
        let token = try #require(issued.refreshToken)
        #expect(try await refusal { try await bench.refresh(token) }.code == .serverError)
        #expect(try await refusal { try await bench.isActive(issued.accessToken) }.code == .serverError)
        #expect(try await refusal { try await bench.service.userInfo(issued.accessToken) }.code == .serverError)
        for token in [token, issued.accessToken] {
            #expect(
                try await refusal { try await bench.service.revoke(token, for: bench.client()) }.code == .serverError)
        }
        _ = try await bench.refresh(other.refreshToken)
    }
}
