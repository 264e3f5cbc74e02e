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

    /// Encrypts a document bound to this version of the ring's record.
    ///
    /// - Parameter ids: The ids of its keys. They are not encrypted; see `Record.keyIDs`.
    func seal(_ document: Data, asVersion version: Int, listing ids: [String]?) throws -> SealedKeyRing {
        let envelope = KeyRingEnvelope(ids: ids, version: version)
        let box = try AES.GCM.seal(document, using: key, authenticating: envelope.authenticated)
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return SealedKeyRing(envelope.prefix + combined)
    }

    /// Decrypts a ring.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what to do.
    func open(_ ring: Record<SealedKeyRing>) throws(BrokerError) -> Data {
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
                for good, delete the row of the kind key_ring from the table stored_record: new keys are made, all access \
                tokens become worthless, and refresh tokens remain valid.
                """
            )
        }
    }
}

extension KeyEncryptionKey: CustomReflectable {
    /// A mirror without children, so that nothing prints the key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The plaintext before an encrypted key ring: a byte for the format, the length of the list of key ids, and the
/// list.
///
/// The ids are public (every token has one). A process that cannot open the ring yet, because it was resealed with
/// another key, learns from the list which of its keys were withdrawn, and nothing else: someone who can write to the
/// store can only remove keys that way, and could as well delete the ring.
struct KeyRingEnvelope {
    /// Nil in the first format, which had no list.
    let ids: [String]?
    let version: Int

    private static let unlisted: UInt8 = 1
    private static let listed: UInt8 = 2
    private static let lengthBytes = 4

    /// The part of the stored bytes before the encrypted ring.
    var prefix: Data {
        guard ids != nil else { return Data([Self.unlisted]) }
        return Data([Self.listed]) + withUnsafeBytes(of: UInt32(list.count).bigEndian) { Data($0) } + list
    }

    /// What is authenticated along with the encrypted ring.
    var authenticated: Data {
        guard ids != nil else { return Data([Self.unlisted]) + versionBytes }
        return Data([Self.listed]) + versionBytes + list
    }

    private var list: Data { Data((ids ?? []).joined(separator: "\n").utf8) }

    private var versionBytes: Data { withUnsafeBytes(of: UInt64(version).bigEndian) { Data($0) } }

    /// Splits the stored bytes; nil if the format is unknown.
    static func read(_ ring: Record<SealedKeyRing>) -> (envelope: KeyRingEnvelope, encrypted: Data)? {
        let bytes = ring.body.bytes
        switch bytes.first {
        case unlisted:
            return (KeyRingEnvelope(ids: nil, version: ring.version), Data(bytes.dropFirst()))
        case listed:
            let rest = bytes.dropFirst()
            guard rest.count >= lengthBytes else { return nil }
            let length = rest.prefix(lengthBytes).reduce(0) { $0 << 8 | Int($1) }
            let content = rest.dropFirst(lengthBytes)
            guard content.count >= length, let list = String(validating: content.prefix(length), as: UTF8.self) else {
                return nil
            }
            let ids = list.split(separator: "\n").map(String.init)
            return (KeyRingEnvelope(ids: ids, version: ring.version), Data(content.dropFirst(length)))
        default:
            return nil
        }
    }
}
