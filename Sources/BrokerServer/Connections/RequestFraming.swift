import NIOHTTP1

/// A request's framing on its connection, as declared by its head: where it ends, and whether another may follow.
///
/// Ambiguous framing is refused, since a proxy in front may read it differently.
struct RequestFraming: Sendable, Hashable {
    /// Where the body ends.
    enum Body: Sendable, Hashable {
        /// After this many bytes; 0 for none.
        case bytes(Int)
        /// After the last chunk.
        case chunked
    }

    let body: Body
    /// Whether the client wants to use the connection for another request.
    let isPersistent: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    let expectsContinue: Bool
    /// Whether the client offers another protocol, which is ignored (RFC 9110 §7.8).
    let offersUpgrade: Bool

    /// Parses the head.
    ///
    /// - Parameter mostBodyBytes: The longest accepted body.
    init(_ head: HTTPRequestHead, mostBodyBytes: Int) throws(RequestRefusal) {
        guard head.method != .CONNECT else { throw .unsupportedMethod }
        guard RequestTarget.isValid(head.uri, for: head.method) else { throw .invalidTarget }
        guard head.headers.allSatisfy({ $0.value.utf8.allSatisfy(Self.isAllowed) }) else { throw .invalidField }
        let isOld = head.version.minor == 0
        try Self.checkHost(head.headers["Host"], isRequired: !isOld)
        body = try Self.body(of: head.headers, isOld: isOld)
        if case .bytes(let count) = body, count > mostBodyBytes { throw .bodyTooLong }
        let options = head.headers.words(of: "Connection")
        isPersistent = !options.contains("close") && (!isOld || options.contains("keep-alive"))
        // An expectation in a request of HTTP/1.0 is ignored (RFC 9110 §10.1.1).
        let expectations = isOld ? [] : head.headers.words(of: "Expect")
        guard expectations.allSatisfy({ $0 == "100-continue" }) else { throw .unsupportedExpectation }
        expectsContinue = !expectations.isEmpty && body != .bytes(0)
        offersUpgrade = head.headers.contains(name: "Upgrade")
    }

    private static func checkHost(_ hosts: [String], isRequired: Bool) throws(RequestRefusal) {
        guard let host = hosts.first else {
            if isRequired { throw .invalidHost }
            return
        }
        guard hosts.count == 1, HostField.isValid(host.trimming(while: \.isWhitespace)) else { throw .invalidHost }
    }

    private static func body(of headers: HTTPHeaders, isOld: Bool) throws(RequestRefusal) -> Body {
        let (codings, lengths) = (headers["Transfer-Encoding"], headers["Content-Length"])
        guard !codings.isEmpty else {
            guard let length = lengths.first else { return .bytes(0) }
            let digits = length.trimming(while: \.isWhitespace)
            // `Int` would accept a sign.
            guard lengths.count == 1, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits)
            else { throw .invalidContentLength }
            return .bytes(count)
        }
        guard lengths.isEmpty else { throw .ambiguousLength }
        let words = headers.words(of: "Transfer-Encoding")
        guard !isOld, codings.count == 1, words.last == "chunked", !words.dropLast().contains("chunked") else {
            throw .invalidTransferEncoding
        }
        guard words.count == 1 else { throw .unsupportedTransferEncoding }
        return .chunked
    }

    /// Whether the byte is not a control character; a tab is allowed (RFC 9110 §5.5).
    private static func isAllowed(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte != 0x7F) || byte == 0x09
    }
}

extension HTTPHeaders {
    /// The elements of a list field, in lower case. An empty field has one empty element.
    fileprivate func words(of name: String) -> [String] {
        self[name].flatMap { value in
            value.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimming(while: \.isWhitespace).lowercased()
            }
        }
    }
}
