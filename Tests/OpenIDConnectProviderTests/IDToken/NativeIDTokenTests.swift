import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("A native ID token")
struct NativeIDTokenTests {
    private static let now = OpenIDProviderDouble.now.timeIntervalSince1970

    @Test("signs a person in, and nothing but shared values is fetched for it")
    func success() async throws {
        try await Scenario().run { desk in
            let identity = try await desk.login(
                withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
            #expect(identity.subject == "person-1")
            #expect(identity.claims.name == "Ada")
            #expect(identity.upstreamToken == nil)
            #expect(desk.upstream.requests.map(\.target) == ["/.well-known/openid-configuration", "/keys"])
        }
    }

    @Test(
        "is good only with the nonce that it was requested with",
        arguments: [("nonce-1-of-an-app", "nonce-2-of-an-app"), ("nonce-1-of-an-app", nil)] as [(String, String?)])
    func nonce(nonce: String, presented: String?) async throws {
        try await Scenario().run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.login(withNativeTokenFor: nonce, presenting: presented)
            }
            #expect(failure?.kind == .invalidCredential)
        }
    }

    @Test(
        "is refused if it outlives the broker's memory of it, since it could be redeemed again",
        arguments: [(86_400.0, nil), (86_400 + 301, .misconfigured)] as [(Double, BrokerError.Kind?)])
    func expiry(lifetime: Double, refusal: BrokerError.Kind?) async throws {
        try await Scenario { $0.claims = { $0["exp"] = .double(Self.now + lifetime) } }.run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.login(withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
            }
            #expect(failure?.kind == refusal && failure?.credential ?? .unused == .unused)
        }
    }

    @Test("without a nonce is refused")
    func noNonce() async throws {
        try await Scenario { $0.claims = { $0["nonce"] = nil } }.run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.login(withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
            }
            #expect(failure?.kind == .invalidCredential)
        }
    }

    @Test("may contain the nonce hashed where that is configured")
    func hashedNonce() async throws {
        let digest = HashFunction.sha256.hash(Array("nonce-1-of-an-app".utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        try await Scenario().with { $0.nonce = .hashed }.run { desk in
            let identity = try await desk.login(withNativeTokenFor: digest, presenting: "nonce-1-of-an-app")
            #expect(identity.subject == "person-1")
            let failure = await Scenario.failure {
                _ = try await desk.login(withNativeTokenFor: "nonce-2-of-an-app", presenting: "nonce-2-of-an-app")
            }
            #expect(failure?.kind == .invalidCredential)
        }
    }

    @Test(
        "may be for another app of the same operator where that is configured",
        arguments: [
            ("com.example.ios", nil, nil), ("com.example.ios", "com.example.ios", nil),
            ("client-1", "com.example.ios", nil),
            ("com.example.other", nil, .invalidCredential),
            ("com.example.ios", "com.example.other", .invalidCredential),
        ] as [(String, String?, BrokerError.Kind?)])
    func audiences(audience: String, party: String?, kind: BrokerError.Kind?) async throws {
        let scenario = Scenario {
            $0.claims = { ($0["aud"], $0["azp"]) = (.string(audience), party.map(JSONValue.string)) }
        }
        try await scenario.with { $0.audiences = ["com.example.ios"] }.run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.login(withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
            }
            #expect(failure?.kind == kind)
        }
    }

    @Test("of another app is refused in a redirect, whatever is configured for apps")
    func redirectAudience() async throws {
        let scenario = Scenario { $0.claims = { $0["aud"] = "com.example.ios" } }
        let failure = try await scenario.with { $0.audiences = ["com.example.ios"] }.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test("with a fault is the presenter's, and a forgery spends nothing")
    func fault() async throws {
        for fault in TokenFault.claims + TokenFault.signatures {
            var scenario = Scenario()
            scenario.behavior = fault.behavior
            try await scenario.run { desk in
                let failure = await Scenario.failure {
                    _ = try await desk.login(withNativeTokenFor: "nonce-1-of-an-app", presenting: "nonce-1-of-an-app")
                }
                let isCode =
                    fault.testDescription.hasSuffix("another token") || fault.testDescription.hasSuffix("another code")
                    || fault.testDescription == "at_hash that is a number"
                let isLate = fault.testDescription == "exp that is over"
                let expected: BrokerError.Kind? = isCode ? nil : isLate ? .credentialExpired : .invalidCredential
                #expect(failure?.kind == expected, "\(fault.testDescription)")
                #expect(failure == nil || failure?.credential == .unused, "\(fault.testDescription)")
            }
        }
    }

    @Test("is accepted once, and neither is the same token with another spelling of its signature")
    func replay() async throws {
        try await Scenario().run { desk in
            let token = try desk.double.idToken(nonce: "nonce-1-of-an-app")
            _ = try await desk.broker.login("op", with: .idToken(token, nonce: "nonce-1-of-an-app"))
            for again in [token, try Self.respelled(token)] {
                let failure = await Scenario.failure {
                    _ = try await desk.broker.login("op", with: .idToken(again, nonce: "nonce-1-of-an-app"))
                }
                #expect(failure?.kind == .credentialAlreadyUsed)
            }
        }
    }

    /// The same token with `s` negated modulo the order of P-256, which verifies as well.
    private static func respelled(_ token: String) throws -> String {
        let parts = token.split(separator: ".")
        let signature = try #require(Base64URL.decode(parts[2]))
        let order: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
        ]
        var negated = [UInt8](repeating: 0, count: 32)
        var borrow = 0
        for index in (0..<32).reversed() {
            let difference = Int(order[index]) - Int(signature[32 + index]) - borrow
            borrow = difference < 0 ? 1 : 0
            negated[index] = UInt8(difference + borrow * 256)
        }
        return "\(parts[0]).\(parts[1]).\(Base64URL.encode(signature[..<32] + negated))"
    }
}
