import Crypto
import Foundation
import IdentityBroker

/// A provider that sends no requests: the credential is a person's id and name, signed with a shared key.
struct LocalProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        let key: SecretReference
    }

    static let manifest = ProviderManifest(
        type: "local",
        displayName: "Local",
        summary: "Takes what somebody else has signed.",
        credentials: [CredentialForm(kind: .idToken, maximumBytes: 1024, alphabet: .unreserved)],
        nonce: .absent,
        settings: [.required("key", .secret, "The key that credentials are signed with.")],
        notices: [.nameCleaned: "Characters were taken out of the name."],
        documentation: "https://local.example/docs"
    )

    let issuer: Issuer
    private let key: Secret

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("urn:local") else { throw BrokerError(.internalError, "There is no such issuer.") }
        self.issuer = issuer
        key = try context.resolve(settings.key)
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let parts = credential.value.reveal().split(separator: ".").map(String.init)
        guard parts.count == 2, let content = Hexadecimal.decode(parts[0]), let code = Hexadecimal.decode(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: content, using: Self.key(key))
        else { throw BrokerError(.invalidCredential, "The credential is not signed with the key.") }
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n", maxSplits: 2).map(String.init)
        var subject = Agreement(on: "subject")
        subject.add(lines.first, at: "the first line")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.claims.name = lines.last
        return identity
    }

    static func key(_ secret: Secret) -> SymmetricKey {
        SymmetricKey(data: secret.revealBytes())
    }
}

/// Bytes as pairs of digits.
enum Hexadecimal {
    static func encode(_ bytes: Data) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Nil for anything that is not pairs of digits.
    static func decode(_ text: String) -> Data? {
        let digits = Array(text)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        return bytes.contains(nil) ? nil : Data(bytes.compactMap(\.self))
    }
}
