import Crypto
import CryptoExtras
import IdentityBroker
import StrictJSON
import UpstreamAPI

/// The key that WeChat shares with an app's server about one user (`session_key`). It never leaves the broker.
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
        return (try? JSONReader.allowingRawControlCharacters.readTolerantly(Array(plain)))?.object
    }
}
