import NIOHTTP1

/// A response, correct or not.
public struct ServerResponse: Sendable, Hashable {
    /// The status code.
    public var status: Int

    /// Field lines in addition to those that ``framing`` adds.
    public var headers: [HeaderField]

    /// The content.
    public var body: [UInt8]

    /// How the end of the body is marked.
    public var framing: BodyFraming

    /// Makes a response; nothing in it is checked.
    public init(
        status: Int = 200,
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        framing: BodyFraming = .contentLength
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.framing = framing
    }

    /// Status line and header section, including the empty line that ends it.
    public var head: [UInt8] {
        let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
        let fields = (headers + framingFields).map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("HTTP/1.1 \(status) \(reason)\r\n\(fields)\r\n".utf8)
    }

    /// The body as sent on the wire, chunked if required.
    public var content: [UInt8] {
        guard case .chunked(let size) = framing else { return body }
        var content: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: max(1, size)) {
            let chunk = body[start..<min(start + max(1, size), body.count)]
            content += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
        }
        return content + Array("0\r\n\r\n".utf8)
    }

    private var framingFields: [HeaderField] {
        switch framing {
        case .contentLength: [HeaderField("Content-Length", "\(body.count)")]
        case .claimedLength(let length): [HeaderField("Content-Length", "\(length)")]
        case .chunked: [HeaderField("Transfer-Encoding", "chunked")]
        case .untilClose: []
        }
    }
}

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
