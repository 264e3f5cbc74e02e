import CLibcurl
import CLibcurlShims
import HTTPTypes
import IdentityBroker

/// A request that has passed every check that needs no network, in the form that the loop passes to libcurl.
struct OutgoingRequest: Sendable {
    /// The request's destination.
    let origin: Origin
    /// The URL and then the header fields, each ended by a NUL.
    private let text: [UInt8]
    private let method: HTTPRequest.Method
    private let content: [UInt8]
    /// Whether there is a body, even an empty one: its length is then stated.
    private let hasContent: Bool

    /// Checks a request.
    ///
    /// - Throws: ``TransportFailure/Reason/invalidRequest`` for a URL or request that cannot be sent,
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
            !head.headerFields.contains(where: { Self.belongsToTheTransport($0.name) })
        else { throw TransportFailure(.invalidRequest, mayHaveLeft: false) }
        guard egress.permits(scheme) else {
            throw TransportFailure(.insecureRefused, mayHaveLeft: false)
        }
        origin = Origin(scheme: scheme, authority: authority)
        guard origins.agree(on: origin) else { throw TransportFailure(.invalidRequest, mayHaveLeft: false) }
        method = head.method
        content = request.body
        hasContent = !content.isEmpty || (method != .get && method != .head)
        text = Self.text(
            origin: origin,
            path: path,
            fields: head.headerFields,
            contentCount: hasContent ? content.count : nil
        )
    }

    /// Whether TLS is spoken.
    var isSecure: Bool { origin.scheme == .https }

    /// Fields that the transport itself writes, because they decide where a message ends or what becomes of the
    /// connection.
    private static func belongsToTheTransport(_ name: HTTPField.Name) -> Bool {
        let name = name.canonicalName
        // Switches on the length, so that most names are compared with at most one other.
        return switch name.utf8.count {
        case 2: name == "te"
        case 4: name == "host"
        case 6: name == "expect"
        case 7: name == "trailer" || name == "upgrade"
        case 10: name == "connection" || name == "keep-alive" || name == "user-agent"
        case 14: name == "content-length"
        case 16: name == "proxy-connection"
        case 17: name == "transfer-encoding"
        case 19: name == "proxy-authorization"
        default: false
        }
    }

    /// Whether the path and query contain only what RFC 3986 §3.3 and §3.4 allow; a `#` would begin a fragment.
    private static func isPlainTarget(_ path: String) -> Bool {
        let allowed = bytesOfTargets.span
        let bytes = path.utf8.span
        guard !bytes.isEmpty, bytes[0] == UInt8(ascii: "/") else { return false }
        for index in bytes.indices where !allowed[Int(bytes[index])] { return false }
        return true
    }

    /// Whether each byte may appear in a path or a query.
    private static let bytesOfTargets: [Bool] = {
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?%-._~!$&'()*+,;=:@"
        var isAllowed = [Bool](repeating: false, count: 256)
        for byte in allowed.utf8 { isAllowed[Int(byte)] = true }
        return isAllowed
    }()
}

extension OutgoingRequest {
    private static func text(origin: Origin, path: String, fields: HTTPFields, contentCount: Int?) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(256)
        text.append(origin.scheme.rawValue)
        text.append("://")
        text.append(origin.authority)
        text.append(path)
        text.append(0)
        // libcurl's own option for this field is three times as slow.
        text.append("User-Agent: identity-broker\0")
        var hasContentType = false
        for field in fields {
            hasContentType = hasContentType || field.name == .contentType
            text.append(field.name.rawName)
            field.withUnsafeBytesOfValue { value in
                // A name with a colon and no value tells libcurl to omit the field; with a semicolon, to send it empty.
                text.append(value.isEmpty ? ";" : ": ")
                text.append(contentsOf: value)
            }
            text.append(0)
        }
        // Two fields that libcurl adds by itself: with a large body it would wait for a 100, and it would guess a
        // content type. Large means a megabyte today, and a kilobyte in older versions.
        if let contentCount, contentCount > 1024 { text.append("Expect:\0") }
        if contentCount != nil && !hasContentType { text.append("Content-Type:\0") }
        return text
    }

    /// Loads the request into an easy handle without one. Returns whether libcurl accepted it.
    func load(into transfer: UnsafeMutablePointer<curlshim_transfer>, options: EasyOptions) -> Bool {
        let result = curlshim_transfer_load(transfer, text, text.count, content, content.count, hasContent)
        return result == CURLE_OK && setMethod(options)
    }

    private func setMethod(_ options: EasyOptions) -> Bool {
        // libcurl knows three kinds of request; any other method is one of these under another name.
        switch method {
        case .head: options.set(CURLOPT_NOBODY, 1)
        case .get where !hasContent, .post: true
        default: options.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }
}

extension EgressProxy {
    /// Checks what can be checked without the network before a request goes through the proxy.
    ///
    /// The proxy resolves the upstream's name, and the policy cannot judge what it resolves to. It judges a host that is an
    /// address, and `localhost` with the names below it (RFC 6761 §6.3), which would be the proxy's own machine.
    ///
    /// - Throws: ``TransportFailure/Reason/invalidProxy`` if libcurl would read the proxy's URL differently,
    ///   ``TransportFailure/Reason/addressRefused``.
    func check(
        _ request: UpstreamRequest,
        under egress: EgressPolicy,
        checkedBy origins: OriginChecks
    ) throws(TransportFailure) {
        guard origins.agree(on: Origin(scheme: url.scheme, authority: url.authority)) else {
            throw TransportFailure(.invalidProxy, mayHaveLeft: false)
        }
        let upstream = UpstreamURL("https://\(request.head.authority ?? "")")
        guard let upstream else { throw TransportFailure(.invalidRequest, mayHaveLeft: false) }
        if let reason = egress.refusal(of: upstream, isProxied: true) {
            throw TransportFailure(reason, mayHaveLeft: false)
        }
    }
}
