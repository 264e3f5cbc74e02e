import Crypto
import Foundation

/// The one client that the sandbox knows.
struct SandboxClient: Sendable {
    let id: String
    let secret: String
    /// The key that it signs assertions with, if it does.
    let key = P256.Signing.PrivateKey()
    /// How it may authenticate.
    let methods: [ClientMethod]
    /// Where browsers may be sent back to, exactly.
    let redirectURIs: [String]
    /// The path of its redirect URI at 127.0.0.1, at any port (RFC 8252 §7.3).
    let loopbackPath: String

    /// Whether a browser may be sent there.
    func owns(redirectURI: String) -> Bool {
        if redirectURIs.contains(redirectURI) { return true }
        let host = "http://127.0.0.1"
        guard redirectURI.hasPrefix(host), redirectURI.hasSuffix(loopbackPath) else { return false }
        let port = redirectURI.dropFirst(host.count).dropLast(loopbackPath.count)
        return port.isEmpty || port.hasPrefix(":") && UInt16(port.dropFirst()) != nil
    }
}

/// How a client authenticates (OpenID Connect Core §9).
enum ClientMethod: String, Sendable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
    case privateKeyJWT = "private_key_jwt"
    case none
}
