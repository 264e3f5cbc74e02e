import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A verifier with a shared key set")
struct ForeignKeyTests {
    private let clock = TestClock()

    private func verifier(of forge: Forge, keyIssuer: String) throws -> AccessTokenVerifier {
        let document = String(decoding: keySet(of: [forge.key]), as: UTF8.self)
            .replacing(#"{"alg":"#, with: #"{"issuer":"\#(keyIssuer)","alg":"#)
        return try AccessTokenVerifier(
            issuer: TokenBench.issuer, jwks: Data(document.utf8), clock: BrokerClock(clock, now: clock.wallClock))
    }

    @Test("accepts tokens signed with a key of their issuer")
    func own() async throws {
        let forge = Forge(key: try TokenSigningKey.generate(for: .es256), now: clock.date)
        let verifier = try verifier(of: forge, keyIssuer: TokenBench.issuer)
        _ = try await verifier.verify(forge.token(), audience: TokenBench.audience)
    }

    @Test("ignores another issuer's key")
    func foreign() throws {
        let forge = Forge(key: try TokenSigningKey.generate(for: .es256), now: clock.date)
        let refused = #expect(throws: BrokerError.self) { try verifier(of: forge, keyIssuer: "https://b.example") }
        #expect(refused?.kind == .misconfigured)
    }
}
