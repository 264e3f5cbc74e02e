import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import IdentityBroker
import JOSE
import JWTKit
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("The assertion of a client")
struct ClientAssertionTests {
    private struct Claims: JWTPayload {
        let iss, sub, aud, jti: String
        let iat, exp: Double

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// The forms with which the client proves itself, in the order of the requests.
    private func forms(
        _ count: Int = 1,
        keyed kind: KeyFile.Kind = .rsa,
        _ settings: @escaping @Sendable (inout OpenIDConnectProvider.Settings) -> Void = { _ in },
        verifying: (KeyFile, [String], String) async throws -> Void
    ) async throws {
        try await KeyFile.withDirectory { directory in
            let (file, logins) = (try KeyFile(kind, in: directory), Locked(0))
            let scenario = Scenario {
                $0.document = { document, _ in
                    document["token_endpoint_auth_methods_supported"] = ["client_secret_basic", "private_key_jwt"]
                }
                // A code is sent once.
                $0.callback = { parameters in
                    let number = logins.withLock { count in
                        count += 1
                        return count
                    }
                    parameters["code"] = "\(OpenIDProviderDouble.code)-\(number)"
                }
            }.with {
                $0.clientSecret = nil
                $0.clientAssertion = .init(keyFile: file.path)
                settings(&$0)
            }
            try await scenario.run { desk in
                for _ in 1...count { _ = await Scenario.failure { _ = try await desk.login() } }
                let requests = desk.upstream.requests.filter { $0.target == "/token" }
                let forms = requests.map { FormText.decode($0.bodyText) }
                #expect(forms.allSatisfy { $0["client_id"] == "client-1" && $0["client_secret"] == nil })
                #expect(
                    forms.allSatisfy {
                        $0["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                    })
                #expect(requests.allSatisfy { $0.values(of: "Authorization").isEmpty })
                try await verifying(file, forms.compactMap { $0["client_assertion"] }, desk.upstream.baseURL)
            }
        }
    }

    private func claims(_ token: String, of file: KeyFile) async throws -> Claims {
        let keys = JWTKeyCollection()
        switch file.publicKey {
        case .rsa(let key):
            await keys.add(rsa: try Insecure.RSA.PublicKey(pem: key.pemRepresentation), digestAlgorithm: .sha256)
        case .p256(let key): await keys.add(ecdsa: try ES256PublicKey(pem: key.pemRepresentation))
        case .ed25519(let key):
            await keys.add(
                eddsa: try EdDSA.PublicKey(x: key.rawRepresentation.base64EncodedString(), curve: .ed25519))
        }
        return try await keys.verify(token, as: Claims.self)
    }

    @Test(
        "is signed with the key in the file, for the issuer alone, and for five minutes",
        arguments: KeyFile.Kind.allCases)
    func signed(kind: KeyFile.Kind) async throws {
        try await forms(keyed: kind) { file, assertions, baseURL in
            let token = try #require(assertions.first)
            let claims = try await claims(token, of: file)
            #expect(claims.iss == "client-1" && claims.sub == "client-1")
            #expect(claims.aud == baseURL)
            let now = OpenIDProviderDouble.now.timeIntervalSince1970
            #expect(claims.iat == now && claims.exp == now + 300)
            let header = try CompactJWS(token).header
            #expect(header["kid"] == nil && header["x5t#S256"] == nil && header["typ"]?.string == "JWT")
        }
    }

    @Test("is a different one for each request of an instance")
    func unique() async throws {
        try await forms(2) { file, assertions, _ in
            try #require(assertions.count == 2)
            let ids = [try await claims(assertions[0], of: file).jti, try await claims(assertions[1], of: file).jti]
            #expect(ids[0] != ids[1] && ids.allSatisfy { $0.utf8.count >= 32 })
        }
    }

    @Test("names key and certificate, and another audience, where that is configured")
    func named() async throws {
        try await KeyFile.withDirectory { directory in
            let settings: @Sendable (inout OpenIDConnectProvider.Settings) -> Void = {
                $0.clientAssertion?.keyId = "key-7"
                $0.clientAssertion?.algorithm = .ps256
                $0.clientAssertion?.audience = "https://id.example.com/token"
            }
            try await forms(1, keyed: .rsa, settings) { file, assertions, _ in
                let token = try CompactJWS(try #require(assertions.first))
                #expect(token.keyID == "key-7" && token.algorithm == .ps256)
                let payload = try JSONReader().read(token.payload)
                #expect(payload["aud"]?.string == "https://id.example.com/token")
            }
        }
    }

    @Test("names the certificate of its key, which may have its chain behind it")
    func certified() async throws {
        try await KeyFile.withDirectory { directory in
            let (key, certificate) = (directory.appending(path: "k").path(), directory.appending(path: "c").path())
            try KeyFile.certifiedKey.write(toFile: key, atomically: true, encoding: .utf8)
            let chain = "\(KeyFile.certificate)\n\(KeyFile.certificate)\n"
            try chain.write(toFile: certificate, atomically: true, encoding: .utf8)
            let settings: @Sendable (inout OpenIDConnectProvider.Settings) -> Void = {
                $0.clientAssertion = .init(keyFile: key)
                $0.clientAssertion?.certificateFile = certificate
            }
            try await forms(1, keyed: .p256, settings) { _, assertions, _ in
                // openssl x509 -outform DER | openssl dgst -sha256
                let header = try CompactJWS(try #require(assertions.first)).header
                let thumbprint = header["x5t#S256"]?.string.flatMap { Base64URL.decode($0) }
                #expect(thumbprint?.starts(with: [0xF2, 0x85, 0x22, 0x23, 0xBD, 0x79]) == true)
            }
        }
    }

    @Test(
        "is the method by which the client authenticates, unless the provider offers others alone",
        arguments: [(nil, nil), (["private_key_jwt"], nil), (["client_secret_post"], .misconfigured)]
            as [([String]?, BrokerError.Kind?)])
    func offered(methods: [String]?, kind: BrokerError.Kind?) async throws {
        try await KeyFile.withDirectory { directory in
            let file = try KeyFile(.p256, in: directory)
            let scenario = Scenario {
                $0.document = { document, _ in
                    document["token_endpoint_auth_methods_supported"] = methods.map { JSONValue.strings($0) }
                }
            }.with { ($0.clientSecret, $0.clientAssertion) = (nil, .init(keyFile: file.path)) }
            #expect(try await scenario.failure()?.kind == kind)
        }
    }

    @Test("needs a key that can be read and used, and no secret beside it")
    func settings() async throws {
        try await KeyFile.withDirectory { directory in
            let (rsa, other) = (try KeyFile(.rsa, in: directory), directory.appending(path: "other.pem").path())
            let certificate = directory.appending(path: "certificate.pem").path()
            try "no key".write(toFile: other, atomically: true, encoding: .utf8)
            try KeyFile.certificate.write(toFile: certificate, atomically: true, encoding: .utf8)
            let faults: [(String, (inout OpenIDConnectProvider.Settings) -> Void)] = [
                ("absent.pem", { $0.clientAssertion?.keyFile = directory.appending(path: "absent.pem").path() }),
                ("keyFile", { $0.clientAssertion?.keyFile = other }),
                ("keyFile", { $0.clientAssertion?.algorithm = .es256 }),
                ("certificateFile", { $0.clientAssertion?.certificateFile = rsa.path }),
                ("another key", { $0.clientAssertion?.certificateFile = certificate }),
                ("/absent", { $0.clientAssertion?.certificateFile = "/absent" }),
                ("audience", { ($0.issuer, $0.tenants) = ("https://id.example.com/{tenantid}", ["any"]) }),
                ("audience", { $0.clientAssertion?.audience = "" }),
                ("keyId", { $0.clientAssertion?.keyId = "ë" }),
                ("clientAssertion", { $0.clientSecret = .literal(Secret(Scenario.secret)) }),
                ("authMethod", { $0.authMethod = .post }),
                ("authMethod", { $0.authMethod = ClientAuthenticationMethod.none }),
                ("authMethod", { ($0.authMethod, $0.clientAssertion) = (.privateKeyJWT, nil) }),
            ]
            for (name, change) in faults {
                var settings = OpenIDConnectProvider.Settings(issuer: "https://id.example.com", clientId: "client-1")
                settings.clientAssertion = .init(keyFile: rsa.path)
                change(&settings)
                let error = #expect(throws: BrokerError.self) {
                    try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
                }
                #expect(error?.kind == .misconfigured && error?.message.contains(name) == true, "\(name)")
            }
        }
    }
}
