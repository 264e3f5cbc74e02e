import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import JWTKit
import Testing

@testable import BrokerTokens

@Suite("Interoperability with JWTKit")
struct JWTKitTests {
    private struct Payload: JWTPayload {
        let iss: IssuerClaim
        let sub: SubjectClaim
        let aud: AudienceClaim
        let client_id: String
        let jti: IDClaim
        let sid: String
        let iat: IssuedAtClaim
        let exp: ExpirationClaim
        let auth_time: Int
        let scope: String

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    @Test("JWTKit verifies access tokens with the key set", arguments: BrokerTokens.SigningAlgorithm.allCases)
    func verifying(algorithm: BrokerTokens.SigningAlgorithm) async throws {
        let client = try TokenClient(
            id: "web", authentication: .secret(Secret(TokenBench.secret)), audiences: [TokenBench.audience],
            signingAlgorithm: algorithm)
        let bench = try await TokenBench(clients: [client], algorithms: [algorithm])
        let issued = try await bench.signIn()
        let verifier = try await JWTKeyCollection().add(jwksJSON: String(decoding: bench.keys.jwks, as: UTF8.self))
        let payload = try await verifier.verify(issued.accessToken.reveal(), as: Payload.self)
        #expect(payload.iss.value == TokenBench.issuer)
        #expect(payload.sub.value == issued.account.description)
        #expect(payload.aud.value == [TokenBench.audience])
        #expect(payload.scope == "openid profile")
    }

    @Test("A token that JWTKit signed with the key is accepted")
    func signing() async throws {
        let bench = try await TokenBench()
        let key = try #require(bench.keys.signingKey(for: .es256))
        let forge = Forge(key: key, now: bench.clock.date)
        let signer = try await JWTKeyCollection().add(
            ecdsa: ES256PrivateKey(
                pem: P256.Signing.PrivateKey(rawRepresentation: key.representation).pemRepresentation),
            kid: JWKIdentifier(string: key.id))
        let payload = Payload(
            iss: IssuerClaim(value: TokenBench.issuer), sub: "account", aud: AudienceClaim(value: TokenBench.audience),
            client_id: "web", jti: "token-1", sid: UUID().canonical, iat: IssuedAtClaim(value: forge.now),
            exp: ExpirationClaim(value: forge.now + .seconds(60)),
            auth_time: Int(forge.now.timeIntervalSince1970), scope: "openid")
        let text = try await signer.sign(payload, kid: JWKIdentifier(string: key.id), header: ["typ": "at+jwt"])
        #expect(try await bench.verifier.verify(text, audience: TokenBench.audience).subject == "account")
    }
}
