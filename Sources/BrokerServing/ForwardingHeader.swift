/// The header field in which trusted proxies tell for whom they pass a request on.
///
/// One is read and never both: a proxy that writes the one passes the other on as the client sent it.
public enum ForwardingHeader: String, Sendable, CaseIterable {
    /// `X-Forwarded-For`, and `X-Forwarded-Proto` for the scheme: what most proxies write.
    case xForwardedFor = "X-Forwarded-For"
    /// `Forwarded` (RFC 7239).
    case forwarded = "Forwarded"
}
