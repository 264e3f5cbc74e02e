/// How a response declares where its body ends (RFC 9112 §6).
public enum BodyFraming: Sendable, Hashable {
    /// A correct `Content-Length`.
    case contentLength

    /// A `Content-Length` with this number, whatever the body's length.
    case claimedLength(Int)

    /// `Transfer-Encoding: chunked`, in chunks of at most this many bytes, at least 1.
    case chunked(size: Int)

    /// Neither; the body ends with the connection, so the script must close it.
    case untilClose
}
