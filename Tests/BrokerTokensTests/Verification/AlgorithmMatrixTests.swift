import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("The algorithm is the key's and not the header's (CVE-2026-11800)")
struct AlgorithmMatrixTests {
    private static let named = [
        "ES256", "RS256", "none", "None", "NONE", "nOnE", "HS256", "HS384", "HS512", "ES384", "ES512", "ES256K",
        "RS384",
        "RS512", "PS256", "PS384", "PS512", "EdDSA", "es256", "Es256", "rs256", "RS256 ", "",
    ]

    @Test("Whatever the header says, with a genuine signature, only the key's own algorithm passes")
    func headers() async throws {
        for (forge, verifier) in try await verifiers() {
            for name in Self.named {
                let token = try forge.token(header: forge.header(algorithm: name))
                if name == forge.key.algorithm.rawValue {
                    #expect(try await verifier.verify(token, audience: TokenBench.audience).client == "web")
                } else {
                    try await expect(.wrongAlgorithm, token, verifier, "\(forge.key.algorithm) called '\(name)'")
                }
            }
            var header = forge.header()
            header["alg"] = nil
            try await expect(.wrongHeader, forge.token(header: header), verifier)
            header["alg"] = .array([.string(forge.key.algorithm.rawValue)])
            try await expect(.wrongHeader, forge.token(header: header), verifier)
        }
    }

    @Test("A hash keyed with the public key is not a signature, whatever the header calls it")
    func hashes() async throws {
        for (forge, verifier) in try await verifiers() {
            for publicKey in try forge.publicKeys() {
                for name in ["HS256", forge.key.algorithm.rawValue] {
                    let token = try forge.token(forge.header(algorithm: name), payload: json(forge.claims)) {
                        forge.hash($0, keyedWith: publicKey)
                    }
                    let fault: TokenFault = name == "HS256" ? .wrongAlgorithm : .wrongSignature
                    try await expect(fault, token, verifier)
                }
            }
        }
    }

    @Test("An absent signature is not a signature, whatever the header calls it")
    func none() async throws {
        for (forge, verifier) in try await verifiers() {
            for name in ["none", forge.key.algorithm.rawValue] {
                let token = try forge.token(forge.header(algorithm: name), payload: json(forge.claims)) { _ in Data() }
                try await expect(name == "none" ? .wrongAlgorithm : .wrongSignature, token, verifier)
            }
        }
    }

    @Test("A signature with the other padding does not pass for RS256")
    func padding() async throws {
        let forge = Forge(key: try #require(TokenSigningKey.sharedRSA.first), now: TestClock().date)
        let verifier = try verifier(of: forge)
        let key = try forge.rsaKey()
        for name in ["PS256", "RS256"] {
            let token = try forge.token(forge.header(algorithm: name), payload: json(forge.claims)) {
                try key.signature(for: $0, padding: .PSS).rawRepresentation
            }
            try await expect(name == "PS256" ? .wrongAlgorithm : .wrongSignature, token, verifier)
        }
    }

    @Test("A signature on another curve does not pass for ES256")
    func curve() async throws {
        let forge = Forge(key: try .generate(for: .es256), now: TestClock().date)
        let verifier = try verifier(of: forge)
        let key = P384.Signing.PrivateKey()
        for name in ["ES384", "ES256"] {
            let token = try forge.token(forge.header(algorithm: name), payload: json(forge.claims)) {
                try key.signature(for: $0).rawRepresentation
            }
            try await expect(name == "ES384" ? .wrongAlgorithm : .wrongSignature, token, verifier)
        }
    }

    @Test("One key's signature does not pass under another's name")
    func otherKey() async throws {
        let genuine = Forge(key: try .generate(for: .es256), now: TestClock().date)
        let rsa = try #require(TokenSigningKey.sharedRSA.first)
        for other in [try TokenSigningKey.generate(for: .es256), rsa] {
            for name in ["ES256", "RS256"] {
                let token = try genuine.token(genuine.header(algorithm: name), payload: json(genuine.claims)) {
                    try other.signature(for: $0)
                }
                let fault: TokenFault = name == "ES256" ? .wrongSignature : .wrongAlgorithm
                try await expect(fault, token, verifier(of: genuine, other))
            }
        }
    }

    /// A verifier for each kind of key, each knowing keys of both kinds.
    private func verifiers() async throws -> [(Forge, AccessTokenVerifier)] {
        let rsa = try #require(TokenSigningKey.sharedRSA.first)
        let curve = try TokenSigningKey.generate(for: .es256)
        let forges = [curve, rsa].map { Forge(key: $0, now: TestClock().date) }
        return try forges.map { try ($0, verifier(of: $0, curve, rsa)) }
    }

    private func verifier(of forge: Forge, _ others: TokenSigningKey...) throws -> AccessTokenVerifier {
        let clock = TestClock()
        return try AccessTokenVerifier(
            issuer: TokenBench.issuer,
            jwks: keySet(of: [forge.key] + others),
            clock: BrokerClock(clock, now: clock.wallClock))
    }
}

/// Expects a token to be refused for this reason.
func expect(
    _ fault: TokenFault,
    _ token: String,
    _ verifier: AccessTokenVerifier,
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    do {
        _ = try await verifier.verify(token, audience: TokenBench.audience)
        Issue.record("The token was taken. \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
    } catch {
        #expect(error.code == .invalidToken, comment, sourceLocation: sourceLocation)
        #expect(error.message == OAuthError(fault).message, comment, sourceLocation: sourceLocation)
    }
}
