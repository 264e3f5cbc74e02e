import Crypto
import CryptoExtras
import Foundation
import IdentityBroker
import StrictJSON

/// The key that WeChat shares with an app's server about one user (`session_key`). It never leaves the provider.
///
/// Ciphers use the 16 bytes that its text encodes, and signatures the text itself.
struct SessionKey: Sendable {
    private let text: Secret

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if the answer has none: with an empty key, anyone could sign.
    init(_ answer: JSONObject) throws(BrokerError) {
        guard let text = answer.text("session_key") else {
            throw .misbehaved("WeChat gave no session key, without which the app's data cannot be checked.")
        }
        self.text = Secret(text)
    }

    /// Whether WeChat signed the data for this user: the signature is the SHA-1 of data and key, in hexadecimal.
    func signs(_ rawData: Secret, as signature: Secret) -> Bool {
        let digest = Insecure.SHA1.hash(data: rawData.revealBytes() + text.revealBytes())
        let expected = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        // `Secret` compares in constant time.
        return Secret(expected) == signature
    }

    /// What WeChat encrypted for this user, by AES-128-CBC with PKCS #7.
    ///
    /// - Returns: Nil if the key does not decrypt it to a JSON object, for whatever reason: who learned whether it was the
    ///   padding could decrypt without the key (Vaudenay, EUROCRYPT 2002), and one in 256 wrong keys makes a good one.
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if this is no key of 16 bytes.
    func decrypted(_ data: EncryptedData) throws(BrokerError) -> JSONObject? {
        guard let key = EncryptedData.decoded(text), key.count == 16 else {
            throw .misbehaved("WeChat gave no session key of 16 bytes, without which nothing can be decrypted.")
        }
        guard let iv = try? AES._CBC.IV(ivBytes: data.iv),
            let plain = try? AES._CBC.decrypt(data.bytes, using: SymmetricKey(data: key), iv: iv)
        else { return nil }
        return (try? JSONReader.weChat.read(Array(plain)))?.object
    }
}

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
