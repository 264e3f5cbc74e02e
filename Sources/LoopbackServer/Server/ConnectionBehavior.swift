/// What the server does with a connection before any request; decided when the connection is accepted.
public enum ConnectionBehavior: Sendable {
    /// Serves it as configured.
    case serve

    /// Serves it over TLS with other settings: another certificate, other versions.
    case serveOverTLS(TLSSettings)

    /// Reads all input and sends nothing: over TLS, a hanging handshake.
    case ignore

    /// Resets it when the first bytes arrive: over TLS, a reset after the ClientHello.
    case resetOnFirstBytes
}
