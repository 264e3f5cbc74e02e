/// How a response says where its body ends (RFC 9112 §6).
public enum BodyFraming: Sendable, Hashable {
    /// A `Content-Length` that is true.
    case contentLength

    /// A `Content-Length` with this number in it, whatever the body's length.
    case claimedLength(Int)

    /// `Transfer-Encoding: chunked`, in chunks of at most this many bytes, at least 1.
    case chunked(size: Int)

    /// Neither; the body ends where the connection does, so the script has to close it.
    case untilClose
}
