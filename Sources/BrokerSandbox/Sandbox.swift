/// An upstream that runs on this machine, for development: it lets a provider type be tried without its real upstream.
///
/// It listens on loopback only. What the broker fetches is TLS with a certificate from its own authority; a page for a
/// browser may be plain HTTP on 127.0.0.1. It signs anyone in.
public protocol Sandbox: Sendable {
    /// Stops it; returns when its ports are free.
    func stop() async

    /// Its base URL: `https://localhost:PORT`.
    var baseURL: String { get }

    /// The certificate authority to trust, as PEM.
    var caCertificatePEM: String { get }

    /// The settings of a provider instance that uses this sandbox, in the order to write them.
    var settings: [SandboxSetting] { get }

    /// Who can sign in. The first one does if no one is named.
    var people: [SandboxPerson] { get }

    /// How a person signs in, once.
    ///
    /// - Throws: What keeps them from it.
    func signIn(as person: SandboxPerson) throws -> SandboxSignIn

    /// Makes as many credentials as the options say, and describes how to use them.
    ///
    /// - Throws: What keeps it from making one.
    func makeGuide() throws -> SandboxGuide
}
