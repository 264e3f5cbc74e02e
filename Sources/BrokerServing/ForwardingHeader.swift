/// The header field in which trusted proxies report the client for whom they forward a request.
///
/// Only one is read: a proxy that writes one passes the other on as the client sent it.
public enum ForwardingHeader: String, Sendable, CaseIterable {
    /// `X-Forwarded-For`, with `X-Forwarded-Proto` for the scheme: what most proxies write.
    case xForwardedFor = "X-Forwarded-For"
    /// `Forwarded` (RFC 7239).
    case forwarded = "Forwarded"
}
