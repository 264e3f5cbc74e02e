import Foundation
import IdentityBroker
import UpstreamAPI

/// Data that WeChat encrypted, as an app passes it on: `encrypted_data` and `iv`.
struct EncryptedData: Sendable {
    private static let blockSize = 16

    let bytes: [UInt8]
    let iv: [UInt8]

    /// - Throws: ``BrokerError`` of kind `invalidCredential` if it cannot be a message of AES-CBC.
    init(_ data: Secret, iv: Secret) throws(BrokerError) {
        guard let bytes = Self.decoded(data), let iv = Self.decoded(iv) else {
            throw .refused("encrypted_data or iv is not Base64. Send both as WeChat gave them to the app.")
        }
        guard iv.count == Self.blockSize else { throw .refused("iv does not have 16 bytes.") }
        guard !bytes.isEmpty, bytes.count.isMultiple(of: Self.blockSize) else {
            throw .refused("encrypted_data is empty, or not a multiple of 16 bytes.")
        }
        self.bytes = bytes
        self.iv = iv
    }

    /// The bytes of a text in Base64 (RFC 4648 §4) that has exactly one spelling.
    static func decoded(_ text: Secret) -> [UInt8]? {
        let text = text.reveal()
        guard let data = Data(base64Encoded: text), data.base64EncodedString().utf8.elementsEqual(text.utf8) else {
            return nil
        }
        return Array(data)
    }
}

extension EncryptedData: CustomReflectable {
    /// A mirror without children.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
