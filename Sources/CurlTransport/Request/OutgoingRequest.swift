import CLibcurl
import CLibcurlShims
import HTTPTypes
import IdentityBroker

/// A request that has passed every check that needs no network, in the form that the loop hands to libcurl.
struct OutgoingRequest: Sendable {
    /// Whether TLS is spoken.
    let isSecure: Bool
    /// The URL and then the header fields, each ended by a NUL.
    private let text: [UInt8]
    private let method: HTTPRequest.Method
    private let content: [UInt8]
    /// Whether there is content, be it empty: then its length is stated.
    private let hasContent: Bool

    /// Checks a request.
    ///
    /// - Throws: ``TransportFailure/Reason/invalidRequest`` for what cannot be sent to or sent,
    ///   ``TransportFailure/Reason/insecureRefused`` for plain HTTP that the policy does not allow.
    init(
        _ request: UpstreamRequest,
        under egress: EgressPolicy,
        checkedBy origins: OriginChecks
    ) throws(TransportFailure) {
        let head = request.head
        guard let scheme = UpstreamURL.Scheme(rawValue: head.scheme ?? ""), let authority = head.authority,
            let path = head.path, Self.isPlainTarget(path),
            head.method != .connect, head.method != .trace, head.method != .head || request.body.isEmpty,
            !head.headerFields.contains(where: { Self.fieldsOfTheTransport.contains($0.name.canonicalName) })
        else { throw TransportFailure(.invalidRequest, mayHaveLeft: false) }
        isSecure = scheme == .https
        guard isSecure || egress.allowsInsecureHTTP else {
            throw TransportFailure(.insecureRefused, mayHaveLeft: false)
        }
        let origin = scheme.rawValue + "://" + authority
        guard origins.agree(on: origin) else { throw TransportFailure(.invalidRequest, mayHaveLeft: false) }
        method = head.method
        content = request.body
        hasContent = !content.isEmpty || (method != .get && method != .head)
        text = Self.text(origin: origin, path: path, fields: head.headerFields, hasContent: hasContent)
    }

    /// What the transport itself writes, because it decides where a message ends or what becomes of the connection.
    private static let fieldsOfTheTransport: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade", "user-agent",
    ]

    /// Whether the path and query hold only what RFC 3986 §3.3 and §3.4 allow there; a `#` would begin a fragment.
    private static func isPlainTarget(_ path: String) -> Bool {
        let allowed = bytesOfTargets
        return path.utf8.first == UInt8(ascii: "/") && path.utf8.allSatisfy { allowed[Int($0)] }
    }

    /// For each byte whether it may stand in a path or a query.
    private static let bytesOfTargets: [Bool] = {
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?%-._~!$&'()*+,;=:@"
        var isAllowed = [Bool](repeating: false, count: 256)
        for byte in allowed.utf8 { isAllowed[Int(byte)] = true }
        return isAllowed
    }()
}

extension OutgoingRequest {
    private static func text(origin: String, path: String, fields: HTTPFields, hasContent: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(256)
        func append(_ part: String) { text.append(contentsOf: part.utf8) }
        append(origin)
        append(path)
        text.append(0)
        var hasContentType = false
        for field in fields {
            hasContentType = hasContentType || field.name == .contentType
            append(field.name.rawName)
            let isEmpty = field.withUnsafeBytesOfValue { value in
                guard !value.isEmpty else { return true }
                append(": ")
                text.append(contentsOf: value)
                return false
            }
            // With a colon and no value a name tells libcurl to leave the field out; with a semicolon, to send it empty.
            if isEmpty { append(";") }
            text.append(0)
        }
        // Two fields that libcurl adds to content of its own accord: it would wait for a 100, and guess a type.
        if hasContent { append("Expect:\0") }
        if hasContent && !hasContentType { append("Content-Type:\0") }
        return text
    }

    /// Loads the request into an easy handle that has none. Returns whether libcurl took it.
    func load(into transfer: UnsafeMutablePointer<curlshim_transfer>, options: EasyOptions) -> Bool {
        let result = curlshim_transfer_load(transfer, text, text.count, content, content.count, hasContent)
        return result == CURLE_OK && setMethod(options)
    }

    private func setMethod(_ options: EasyOptions) -> Bool {
        // libcurl knows three kinds of request; any other method is one of them under another name.
        switch method {
        case .head: options.set(CURLOPT_NOBODY, 1)
        case .get where !hasContent, .post: true
        default: options.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
    }
}
