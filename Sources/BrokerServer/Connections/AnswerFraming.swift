import NIOHTTP1

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
