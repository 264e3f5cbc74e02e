import Foundation
import IdentityBroker

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
    static func read(_ ring: SealedKeyRing) -> (envelope: KeyRingEnvelope, encrypted: Data)? {
        let bytes = Data(ring.sealed)
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

extension SealedKeyRing {
    /// The ids of the keys in the ring, readable without a key; nil if the ring does not list them.
    var keyIDs: Set<String>? { KeyRingEnvelope.read(self)?.envelope.ids.map(Set.init) }
}
