import BrokerSandbox
import Crypto

/// The one client that the sandbox knows.
struct SandboxClient: Sendable {
    let id: String
    let secret: String
    /// The key that it signs assertions with, if it does.
    let key = P256.Signing.PrivateKey()
    /// How it may authenticate.
    let methods: [ClientMethod]
    /// Where browsers may be sent back to.
    let redirectURIs: RedirectURIs
}

/// How a client authenticates (OpenID Connect Core §9).
enum ClientMethod: String, Sendable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
    case privateKeyJWT = "private_key_jwt"
    case none
}
