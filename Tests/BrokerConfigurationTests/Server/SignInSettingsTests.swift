import BrokerConfiguration
import BrokerTokens
import Foundation
import IdentityBroker
import JOSE
import Testing

@Suite("The settings of clients whose people sign in here")
struct SignInSettingsTests {
    private static let uri = "https://app.example.com/callback"

    private func yaml(_ members: String) -> String {
        "version: 1\nproviders:\n  p: { type: plain }\nclients:\n  app: { \(members) }"
    }

    private func client(_ members: String) throws -> ClientEntry {
        try #require(try Configuration(yaml(members)).clients.first)
    }

    @Test("A redirect URI makes it a client of the code flow, with safe defaults and without audiences")
    func defaults() throws {
        let client = try client("secret: { env: S }, redirectURIs: ['\(Self.uri)']")
        #expect(client.grants == [.authorizationCode, .refreshToken])
        #expect(client.audiences.isEmpty)
        #expect(client.authorization == AuthorizationSettings(redirectURIs: [Self.uri]))
        #expect(client.authorization.pkce == .required && client.authorization.idTokenAlgorithm == .rs256)
        _ = try TokenClient(client, authentication: .secret(Secret("sixteen bytes 12")))
    }

    @Test("Every setting is read")
    func everything() throws {
        let client = try client(
            """
            secret: { env: S }, audiences: [a], redirectURIs: ['\(Self.uri)', 'http://127.0.0.1/callback'], native: true,
            postLogoutRedirectURIs: ['https://app.example.com/'], backchannelLogoutURI: 'https://app.example.com/out?a=b',
            network: { allowAddresses: [10.1.0.0/16], caFile: ca.pem }, pkce: optional, par: required, consent: ask,
            idTokenAlgorithm: ES256, idTokenClaims: true,
            grants: [authorization_code, refresh_token, token_exchange, device_code, client_credentials]
            """)
        #expect(
            client.authorization
                == AuthorizationSettings(
                    redirectURIs: [Self.uri, "http://127.0.0.1/callback"], isNative: true, pkce: .optional,
                    requiresPushedRequests: true, consent: .ask, idTokenAlgorithm: .es256, showsClaimsInIDToken: true,
                    postLogoutRedirectURIs: ["https://app.example.com/"],
                    backchannelLogoutURI: "https://app.example.com/out?a=b"))
        #expect(
            client.grants == [.authorizationCode, .refreshToken, .tokenExchange, .deviceCode, .clientCredentials])
        #expect(client.deliveryNetwork.egress.allowedNetworks == [IPNetwork("10.1.0.0/16")])
        #expect(client.deliveryNetwork.caFile == "/etc/broker/ca.pem")
        #expect(!client.deliveryNetwork.egress.allowsInsecureHTTP)
    }

    @Test("A client on a television needs neither redirect URIs nor audiences")
    func device() throws {
        let client = try client("public: true, grants: [device_code, refresh_token]")
        #expect(client.authorization.redirectURIs.isEmpty && client.audiences.isEmpty)
    }

    @Test(
        "A logout token may go to a loopback address that the configuration itself names, and plain HTTP nowhere else",
        arguments: [
            ("https://app.example.com/out", false, false), ("https://127.0.0.1:8443/out", true, false),
            ("http://127.0.0.1:9000/out", true, true), ("http://[::1]/out", true, true),
        ])
    func loopback(uri: String, isLoopback: Bool, isPlain: Bool) throws {
        let client = try client(
            "secret: { env: S }, redirectURIs: ['\(Self.uri)'], backchannelLogoutURI: '\(uri)'")
        #expect(client.deliveryNetwork.egress.allowedNetworks == (isLoopback ? IPNetwork.loopback : []))
        #expect(client.deliveryNetwork.egress.allowsInsecureHTTP == isPlain)
    }

    @Test(
        "Unsafe or meaningless values are refused at their position",
        arguments: [
            ("secret: { env: S }, grants: [authorization_code]", "redirectURIs", "nowhere to send authorization codes"),
            (
                "secret: { env: S }, grants: [authorization_code], redirectURIs: []", "redirectURIs",
                "nowhere to send authorization codes"
            ),
            ("secret: { env: S }, redirectURIs: [http://app.example.com/]", "redirectURIs[0]", "must be https"),
            ("secret: { env: S }, redirectURIs: ['javascript:alert(1)']", "redirectURIs[0]", "must be https"),
            ("secret: { env: S }, redirectURIs: ['https://a.example/#x']", "redirectURIs[0]", "no fragment"),
            ("secret: { env: S }, redirectURIs: ['https://*.example.com/..;/x']", "redirectURIs[0]", "host"),
            ("secret: { env: S }, redirectURIs: ['https://a.example/../x']", "redirectURIs[0]", "in its path"),
            ("public: true, redirectURIs: ['http://localhost:3000/']", "redirectURIs[0]", "only for a native client"),
            (
                "secret: { env: S }, redirectURIs: ['https://a.example/', 'https://a.example/']", "redirectURIs[1]",
                "listed twice"
            ),
            (
                "secret: { env: S }, redirectURIs: ['https://a.example/'], postLogoutRedirectURIs: ['ftp://a.example/']",
                "postLogoutRedirectURIs[0]", "A post-logout redirect URI must be https"
            ),
            (
                "secret: { env: S }, redirectURIs: ['https://a.example/'], backchannelLogoutURI: 'http://a.example/'",
                "backchannelLogoutURI", "Expected https"
            ),
            (
                "secret: { env: S }, redirectURIs: ['https://a.example/'], backchannelLogoutURI: 'com.example.app:/out'",
                "backchannelLogoutURI", "Expected https"
            ),
            ("public: true, redirectURIs: ['https://a.example/'], pkce: optional", "pkce", "needs PKCE"),
            ("secret: { env: S }, redirectURIs: ['https://a.example/'], pkce: plain", "pkce", "Expected one of"),
            ("secret: { env: S }, redirectURIs: ['https://a.example/'], consent: never", "consent", "Expected one of"),
            ("secret: { env: S }, audiences: [a], par: required", "par", "grant authorization_code"),
            ("secret: { env: S }, audiences: [a], native: true", "native", "grant authorization_code"),
            ("secret: { env: S }, audiences: [a], consent: ask", "consent", "sign in here"),
            (
                "secret: { env: S }, audiences: [a], grants: [refresh_token], redirectURIs: ['https://a.example/']",
                "redirectURIs", "grant authorization_code"
            ),
            (
                "secret: { env: S }, redirectURIs: ['https://a.example/'], network: { allowAddresses: [10.0.0.0/8] }",
                "network", "Nothing is sent"
            ),
        ] as [(String, String, String)])
    func refused(members: String, place: String, message: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml(members)) }
        let problems = (error?.problems ?? []).filter { $0.keyPath == "clients.app.\(place)" }
        #expect(problems.contains { $0.message.contains(message) && $0.position != nil }, "\(error?.problems ?? [])")
    }

    @Test("The public keys of a client are read from its file, and those for encryption left out")
    func keys() throws {
        let keys = try [SignatureAlgorithm.es256, .rs256].map { try #require(SigningKey.generate(for: $0).publicKey) }
        let document = String(decoding: JSONWebKeySet(keys).document, as: UTF8.self)
        let others = document.replacing("\"use\":\"sig\"", with: "\"use\":\"enc\"")
        let both = "\(document.dropLast(2)),\(others.dropFirst(9))"
        let file = try KeyFile(both)
        let client = try client("jwksFile: \(file.path), redirectURIs: ['\(Self.uri)']")
        guard case .keys(let read) = try client.authentication() else { throw UnexpectedKind() }
        #expect(read == keys)
        #expect(client.hasKeys && client.secretReferences.isEmpty)
    }

    @Test(
        "A file without usable public keys is refused when it is read, and not repeated",
        arguments: [
            ("", "not a JSON Web Key Set"), ("{}", "not a JSON Web Key Set"), ("{\"keys\":[]}", "0 keys"),
            ("{\"keys\":[{\"kty\":\"oct\",\"k\":\"canary\"}]}", "0 keys"),
            ("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"canary\"}]}", "private key"),
            (
                """
                {"keys":[{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE",
                "y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}]}
                """, "verifies no signature"
            ),
        ])
    func badKeys(document: String, message: String) throws {
        let file = try KeyFile(document)
        let client = try client("jwksFile: \(file.path), redirectURIs: ['\(Self.uri)']")
        let error = #expect(throws: ConfigurationError.self) { try client.authentication() }
        #expect(error?.problems.map(\.keyPath) == ["clients.app.jwksFile"])
        #expect(error?.description.contains(message) == true && error?.description.contains("canary") == false)
    }

    @Test("A missing file of keys is a problem of the check, and so is one key twice")
    func missingKeys() throws {
        let missing = try client("jwksFile: missing.json, redirectURIs: ['\(Self.uri)']")
        #expect(throws: ConfigurationError.self) { try missing.authentication() }
        let checked = try Configuration(yaml("jwksFile: missing.json, redirectURIs: ['\(Self.uri)']")).check()
        #expect(checked.problems.map(\.keyPath) == ["clients.app.jwksFile"])
        let key = try #require(SigningKey.generate(for: .es256).publicKey)
        let document = String(decoding: JSONWebKeySet([key, key]).document, as: UTF8.self)
        let file = try KeyFile(document)
        let twice = try client("jwksFile: \(file.path), redirectURIs: ['\(Self.uri)']")
        let error = #expect(throws: ConfigurationError.self) { try twice.authentication() }
        #expect(error?.description.contains("twice") == true)
    }

    private struct UnexpectedKind: Error {}
}

/// A file of keys, which is removed with the value.
private struct KeyFile: ~Copyable {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jwks.json").path()

    init(_ document: String) throws {
        try Data(document.utf8).write(to: URL(filePath: path))
    }

    deinit {
        // If it cannot be removed, it stays in the system's temporary folder.
        try? FileManager.default.removeItem(atPath: path)
    }
}
