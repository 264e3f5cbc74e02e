import Foundation
import IdentityBroker
import JOSE

/// Keys as Alipay's console and tools hand them out: in PEM form, or as the Base64 in it alone.
enum KeyText {
    /// The key in DER; nil for anything else.
    ///
    /// - Parameter labels: The labels of PEM that name such a key.
    static func der(of secret: Secret, labels: Set<String>) -> [UInt8]? {
        let text = secret.reveal()
        if text.contains("-----BEGIN ") {
            return PEMDocument(text, where: { labels.contains(String($0)) })?.bytes
        }
        guard let bytes = Data(base64Encoded: text.filter { !$0.isWhitespace }), !bytes.isEmpty else { return nil }
        return Array(bytes)
    }
}
