import Crypto
import CryptoExtras
import Foundation
import UpstreamAPI

/// Alipay's signature of a member of its answer (RSA2: SHA-256 with RSA, PKCS #1 v1.5).
struct AnswerSignature: Sendable {
    let key: _RSA.Signing.PublicKey

    /// Whether the signature is Alipay's, of this text.
    ///
    /// Some answers have escaped slashes and are signed as if they had not, for which Alipay's own clients provide. An escaped
    /// slash is a slash (RFC 8259 §7), so what is signed means the same.
    ///
    /// - Parameter signature: In Base64, of any length.
    func verifies(_ signature: String, of text: ArraySlice<UInt8>, in encoding: TextRepair.Encoding) -> Bool {
        guard let bytes = Data(base64Encoded: signature), !bytes.isEmpty else { return false }
        if verifies(bytes, of: text) { return true }
        let unescaped = Self.withoutEscapedSlashes(text, in: encoding)
        return unescaped.count != text.count && verifies(bytes, of: unescaped[...])
    }

    private func verifies(_ signature: Data, of text: ArraySlice<UInt8>) -> Bool {
        key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: Array(text)),
            padding: .insecurePKCS1v1_5)
    }

    /// The text with `/` for each escape `\/`, and with every other escape as it is: of `\\/`, the slash is none.
    static func withoutEscapedSlashes(_ text: ArraySlice<UInt8>, in encoding: TextRepair.Encoding) -> [UInt8] {
        let (bytes, backslash) = (Array(text), UInt8(ascii: "\\"))
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let next = position + 1 < bytes.count ? bytes[position + 1] : nil
            let width: Int
            if bytes[position] == backslash, let next {
                if next != UInt8(ascii: "/") { result.append(backslash) }
                result.append(next)
                width = 2
            } else {
                width = TextRepair.width(of: bytes[position], before: next, in: encoding)
                result += bytes[position..<(position + width)]
            }
            position += width
        }
        return result
    }
}
