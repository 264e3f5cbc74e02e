import Crypto
import Foundation
import IdentityBroker

/// Text that only whoever has a secret can read. A store has it, and a digest of the secret, which opens nothing.
struct SealedText: Codable, Hashable {
    private let box: Data

    /// - Parameter secret: 256 random bits, in any form.
    /// - Throws: ``OAuthError`` `server_error` if it cannot be encrypted.
    init(_ text: Secret, for secret: Secret) throws(OAuthError) {
        let sealed = try? AES.GCM.seal(text.revealBytes(), using: Self.key(secret)).combined
        guard let sealed else { throw OAuthError(.serverError, "A login could not be kept.") }
        box = sealed
    }

    /// The text; nil with another secret.
    func open(with secret: Secret) -> Secret? {
        guard let sealed = try? AES.GCM.SealedBox(combined: box),
            let bytes = try? AES.GCM.open(sealed, using: Self.key(secret)),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        return Secret(text)
    }

    private static func key(_ secret: Secret) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret.revealBytes()), info: Array("identity-broker sealed text".utf8),
            outputByteCount: 32)
    }
}
