/// How a connection ended, as its client saw it.
package enum ConnectionEnd: Sendable, Hashable {
    /// With a FIN; over TLS with a `close_notify` before it.
    case closed

    /// Over TLS with a FIN and no `close_notify`.
    case truncated

    /// With a RST.
    case reset

    /// Because the TLS handshake failed, or for another reason; the text is the library's own.
    case failed(String)
}
