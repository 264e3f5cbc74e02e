import Foundation
import IdentityBroker

/// A broker's signing keys, encrypted: the body of a record, to whose version they are sealed. A store has one.
struct SealedKeyRing: RecordBody, Hashable {
    static let recordKind: RecordKind = "key_ring"
    /// The id of the record.
    static let id: RecordID = "current"
    static var key: RecordKey { key(id) }

    /// The format, the ids of the keys, and the encrypted keys.
    let bytes: Data

    init(_ bytes: Data) {
        self.bytes = bytes
    }

    init(recordBody: Data) {
        self.init(recordBody)
    }

    func recordBody() -> Data { bytes }
}

extension Record<SealedKeyRing> {
    /// The ids of the keys in the ring, readable without a key; nil if the ring does not list them.
    var keyIDs: Set<String>? { KeyRingEnvelope.read(self)?.envelope.ids.map(Set.init) }
}
