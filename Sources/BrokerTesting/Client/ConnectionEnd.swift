/// How a connection ended, as its client saw it.
package enum ConnectionEnd: Sendable, Hashable {
    /// With a FIN; over TLS after a `close_notify`.
    case closed

    /// Over TLS with a FIN but no `close_notify`.
    case truncated

    /// With a RST.
    case reset

    /// Because the TLS handshake failed, or for another reason; the text is the library's own.
    case failed(String)
}
