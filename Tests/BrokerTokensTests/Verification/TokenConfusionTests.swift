import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("No token passes for another (CVE-2023-48309)")
struct TokenConfusionTests {
    private enum Slot: CaseIterable {
        case accessToken, idToken, refreshToken, userInfo, introspection
    }

    @Test("Each of a client's tokens is refused in place of any other")
    func matrix() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn("app")
        let tokens = try [
            (issued.accessToken, [Slot.accessToken, .userInfo, .introspection]),
            (#require(issued.idToken), [.idToken]),
            (#require(issued.refreshToken), [.refreshToken]),
        ]
        for (token, places) in tokens {
            for slot in Slot.allCases {
                #expect(try await takes(token, in: slot, bench) == places.contains(slot), "\(slot)")
            }
        }
    }

    @Test("A genuine signature over another type's claims is refused in both places")
    func resigned() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        let key = try #require(bench.keys.signingKey(for: .es256))
        let forge = Forge(key: key, now: bench.clock.date)
        for (token, type) in [(issued.accessToken, "JWT"), (try #require(issued.idToken), "at+jwt")] {
            let payload = try #require(Base64URL.decode(token.reveal().split(separator: ".")[1]))
            let text = try forge.token(forge.header(type: type), payload: Data(payload)) { try key.signature(for: $0) }
            #expect(try await !takes(Secret(text), in: .accessToken, bench))
            #expect(try await !takes(Secret(text), in: .introspection, bench))
        }
    }

    @Test(
        "A type is accepted in any case and with its long name, and no other is",
        arguments: [
            ("at+jwt", true), ("AT+JWT", true), ("At+Jwt", true), ("application/at+jwt", true),
            ("Application/AT+JWT", true), ("JWT", false), ("jwt", false), ("at+jwt ", false), ("", false),
            ("application/", false), ("application/application/at+jwt", false), ("text/at+jwt", false), ("at", false),
        ])
    func typeNames(name: String, isTaken: Bool) async throws {
        let bench = try await TokenBench()
        let key = try #require(bench.keys.signingKey(for: .es256))
        let forge = Forge(key: key, now: bench.clock.date)
        let token = try Secret(forge.token(header: forge.header(type: name)))
        #expect(try await takes(token, in: .accessToken, bench) == isTaken)
    }

    private func takes(_ token: Secret, in slot: Slot, _ bench: TokenBench) async throws -> Bool {
        do {
            switch slot {
            case .accessToken:
                _ = try await bench.verifier.verify(token.reveal(), audience: TokenBench.audience)
            case .idToken:
                let claims = try await TokenVerifier(
                    issuer: TokenBench.issuer, keys: .shared(bench.keys),
                    clock: BrokerClock(bench.clock, now: bench.clock.wallClock), leeway: .none
                ).verify(token.reveal(), as: .idToken)
                return claims.audiences == ["app"]
            case .refreshToken:
                _ = try await bench.refresh(token, as: "app")
            case .userInfo:
                _ = try await bench.service.userInfo(token)
            case .introspection:
                return try await bench.isActive(token)
            }
            return true
        } catch let error as OAuthError {
            #expect([.invalidToken, .invalidGrant].contains(error.code))
            return false
        }
    }
}
