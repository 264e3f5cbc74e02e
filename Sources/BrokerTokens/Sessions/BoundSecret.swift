import Crypto
import Foundation
import IdentityBroker
import JOSE

/// 256 random bits that only one browser has. Stores see their digest.
struct BoundSecret {
    private let bytes: [UInt8]

    private static let byteCount = 32

    init(_ randomness: RandomSource) {
        bytes = randomness.bytes(Self.byteCount)
    }

    /// Reads a secret in the one form that ``text`` writes; nil for anything else.
    init?(_ text: some StringProtocol) {
        guard let bytes = Base64URL.decode(text), bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The secret in base64url: 43 characters.
    var text: Secret { Secret(Base64URL.encode(bytes)) }

    /// What a store keeps of it.
    var digest: String { Base64URL.encode(SHA256.hash(data: bytes)) }

    /// The id of the record that is found by it.
    var recordID: RecordID { RecordID(digestOf: bytes) }
}

extension BoundSecret: CustomReflectable {
    /// A mirror without children: it is a secret.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
