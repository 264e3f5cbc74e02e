import Crypto
import Foundation
public import IdentityBroker

/// Encrypts signing keys before a store sees them: AES-256-GCM, with a key derived by HKDF-SHA256.
///
/// Someone who reads the store without this key cannot sign anything.
public struct KeyEncryptionKey: Sendable {
    private let key: SymmetricKey

    private static let minimumBytes = 32

    /// Derives the key from a high-entropy secret.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the secret has fewer than 32 bytes.
    public init(_ secret: Secret) throws(BrokerError) {
        guard secret.byteCount >= Self.minimumBytes else {
            throw .misconfigured(
                """
                The key-encryption key has \(secret.byteCount) bytes and needs at least \(Self.minimumBytes). \
                Make one with: openssl rand -base64 32
                """
            )
        }
        self.init(bytes: secret.revealBytes())
    }

    private init(bytes: [UInt8]) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes),
            info: Array("identity-broker key ring".utf8),
            outputByteCount: 32
        )
    }

    /// A key that ends with the process, for a store that does too.
    public static func ephemeral(_ randomness: RandomSource = .system) -> KeyEncryptionKey {
        KeyEncryptionKey(bytes: randomness.bytes(minimumBytes))
    }

    /// Encrypts a document bound to this version of the ring.
    ///
    /// - Parameter ids: The ids of its keys. They are not encrypted; see ``SealedKeyRing/keyIDs``.
    func seal(_ document: Data, asVersion version: Int, listing ids: [String]?) throws -> SealedKeyRing {
        let envelope = KeyRingEnvelope(ids: ids, version: version)
        let box = try AES.GCM.seal(document, using: key, authenticating: envelope.authenticated)
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return SealedKeyRing(version: version, sealed: envelope.prefix + combined)
    }

    /// Decrypts a ring.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what to do.
    func open(_ ring: SealedKeyRing) throws(BrokerError) -> Data {
        guard let (envelope, combined) = KeyRingEnvelope.read(ring) else {
            throw .misconfigured(
                """
                The signing keys in the store have a form that this version of the broker does not know. \
                Run the version that wrote them, or a later one.
                """
            )
        }
        do {
            let box = try AES.GCM.SealedBox(combined: combined)
            return try AES.GCM.open(box, using: key, authenticating: envelope.authenticated)
        } catch {
            throw .misconfigured(
                """
                The signing keys in the store cannot be opened with this key-encryption key. Give the one that they were \
                stored with, or that 'broker keys reseal' gave them. They are left as they are. Only if that key is lost \
                for good, delete the row of the table key_ring: new keys are made, all access tokens become worthless, and \
                refresh tokens remain valid.
                """
            )
        }
    }
}

extension KeyEncryptionKey: CustomReflectable {
    /// A mirror without children, so that nothing prints the key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
