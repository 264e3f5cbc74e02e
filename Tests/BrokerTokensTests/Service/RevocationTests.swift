import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Revoking")
struct RevocationTests {
    @Test("Either token ends the grant, and both with it", arguments: [true, false])
    func grant(byRefreshToken: Bool) async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let other = try await bench.signIn()
        let token = try byRefreshToken ? #require(issued.refreshToken) : issued.accessToken
        try await bench.service.revoke(token, for: bench.client())
        #expect(try await !bench.isActive(issued.accessToken))
        #expect(try await refusal { try await bench.service.userInfo(issued.accessToken) }.code == .invalidToken)
        #expect(try await refusal { try await bench.refresh(issued.refreshToken) }.code == .invalidGrant)
        #expect(try await bench.isActive(other.accessToken), "another grant of the same person stands")
        let events = bench.events(.revoke)
        #expect(
            events.map(\.failure) == [nil] && events.map(\.client) == ["web"] && events.map(\.provider) == ["wxapp"])
        #expect(events.map(\.subject) == [issued.account.description])
    }

    @Test("A used refresh token also ends the grant")
    func usedToken() async throws {
        let bench = try await TokenBench()
        let first = try await bench.signIn()
        let second = try await bench.refresh(first.refreshToken)
        try await bench.service.revoke(#require(first.refreshToken), for: bench.client())
        #expect(try await !bench.isActive(second.accessToken))
    }

    @Test("An unknown, expired or made-up token, or one of an ended grant, is not an error")
    func unknown() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let grant = try await bench.grantID(of: issued)
        let tokens = [
            Secret(""), Secret("x"), RefreshToken.first(of: UUID(), .seeded(5)).text,
            RefreshToken.first(of: grant, .seeded(5)).text, try #require(issued.idToken),
        ]
        for token in tokens {
            try await bench.service.revoke(token, for: bench.client())
        }
        #expect(try await bench.isActive(issued.accessToken))
        for _ in 0..<2 { try await bench.service.revoke(issued.accessToken, for: bench.client()) }
        #expect(bench.events(.revoke).count == 1)
        bench.clock.advance(by: .seconds(700))
        try await bench.service.revoke(issued.accessToken, for: bench.client())
    }

    @Test("Another client's token is refused, recorded, and stays valid")
    func otherClient() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        for token in [issued.accessToken, try #require(issued.refreshToken)] {
            let error = try await refusal { try await bench.service.revoke(token, for: bench.client("app")) }
            #expect(error.code == .unauthorizedClient)
        }
        #expect(try await bench.isActive(issued.accessToken))
        #expect(bench.events(.revoke).map(\.failure) == ["unauthorized_client", "unauthorized_client"])
        #expect(bench.events(.revoke).map(\.client) == ["app", "app"])
    }
}
