import NIOCore
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
        // An absolute target replaces the field (RFC 9112 §3.2.2), which others may still go by.
        if let authority = RequestTarget.authority(of: head.uri), let host = head.headers["Host"].first {
            guard authority.lowercased() == host.trimming(while: \.isWhitespace).lowercased() else {
                throw .invalidHost
            }
        }
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

/// How the answer to a request is framed.
struct AnswerFraming: Sendable, Equatable {
    /// The head with the framing fields.
    let head: HTTPResponseHead
    /// Whether the body is sent: the answer to `HEAD` has none (RFC 9110 §9.3.2).
    let hasBody: Bool
    /// Whether the connection ends with the answer.
    let isLast: Bool

    /// - Parameters:
    ///   - head: The service's head.
    ///   - request: The request; nil if its head could not be read.
    ///   - isLast: Whether the connection ends with the answer, whatever its head says.
    init(_ head: HTTPResponseHead, to request: HTTPRequestHead?, isLast: Bool) {
        var head = head
        let isOld = request.map { $0.version.minor == 0 } ?? false
        let mayHaveBody = head.status.mayHaveResponseBody
        hasBody = mayHaveBody && request?.method != .HEAD
        var isLast = isLast || !head.isKeepAlive
        if !mayHaveBody { head.headers.remove(name: "Content-Length") }
        // Removing an absent field would still copy all fields.
        if head.headers.contains(name: "Transfer-Encoding") { head.headers.remove(name: "Transfer-Encoding") }
        if hasBody, !head.headers.contains(name: "Content-Length") {
            if isOld {
                // The end of the connection ends the body: HTTP/1.0 has no chunks (RFC 9112 §6.3).
                isLast = true
            } else {
                head.headers.add(name: "Transfer-Encoding", value: "chunked")
            }
        }
        if isLast {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        } else if isOld {
            head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
        }
        self.head = head
        self.isLast = isLast
    }
}

/// The overhead of a chunked body: size lines, chunk extensions and trailers, whose length RFC 9112 §7.1.1 asks
/// recipients to limit.
///
/// Decoding a chunk costs about as much as decoding a request head, however short the chunk is. So the allowed overhead
/// is a fixed number of bytes plus a quarter of the body: chunks of 20 bytes or more always pass.
struct ChunkOverhead: Sendable, Hashable {
    private let allowance: Int
    private var received = 0
    private var body = 0

    /// - Parameter allowance: The overhead in bytes that is fine for any body.
    init(allowance: Int) {
        self.allowance = allowance
    }

    /// Whether the overhead is excessive.
    var isExcessive: Bool { received - body > allowance + body / 4 }

    /// Records that this many bytes arrived after the head.
    mutating func receive(_ count: Int) {
        received += count
    }

    /// Records that this many of them belonged to the body.
    mutating func takeBody(_ count: Int) {
        body += count
    }
}
