import Foundation
package import IdentityBroker

/// The texts by which a client is known, as RFC 6749 limits them.
package enum ClientText {
    /// Whether a text is a client's id: printable ASCII (RFC 6749 App. A.1), of a length that no provider exceeds.
    package static func isClientId(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// Whether a secret is a client's: printable ASCII (RFC 6749 App. A.2).
    package static func isClientSecret(_ secret: Secret) -> Bool {
        secret.revealBytes().allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// Whether a text is a scope: visible ASCII without quotes and backslashes (RFC 6749 §3.3).
    package static func isScope(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    }

    /// Whether a text can be an access token in a header field: visible ASCII.
    package static func isAccessToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The value of `Authorization` for HTTP Basic, for which both are form-encoded before they are joined (RFC 6749
    /// §2.3.1).
    package static func basic(_ clientId: String, _ secret: Secret) -> String {
        let credentials = "\(clientId.percentEncoded):\(secret.reveal().percentEncoded)"
        return "Basic \(Data(credentials.utf8).base64EncodedString())"
    }
}
