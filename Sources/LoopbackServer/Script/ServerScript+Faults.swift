/// The ways in which an upstream disconnects, stalls, floods and lies.
extension ServerScript {
    /// Receives the request and never answers.
    public static let hang: ServerScript = [.hang]

    /// Receives the request and resets the connection.
    public static let reset: ServerScript = [.reset]

    /// Receives the request and closes the connection in an orderly way.
    public static let close: ServerScript = [.close]

    /// Receives the request and closes the connection without a TLS `close_notify`.
    public static let closeWithoutNotify: ServerScript = [.closeWithoutNotify]

    /// Sends the header section of a response, and none of the body it announces.
    public static let hangAfterHeaders = partOfBody("", endingWith: .hang)

    /// Sends the start of a body and stalls.
    public static func hangInBody(after text: String) -> ServerScript {
        partOfBody(text, endingWith: .hang)
    }

    /// Sends the start of a body and resets the connection.
    public static func resetInBody(after text: String) -> ServerScript {
        partOfBody(text, endingWith: .reset)
    }

    /// Sends a body that ends with the connection, and ends it without the `close_notify` that would prove it complete.
    public static func truncated(_ text: String) -> ServerScript {
        [.respond(jsonResponse(text, framing: .untilClose)), .closeWithoutNotify]
    }

    /// Sends `text` under a `Content-Length` that is `excess` bytes too large (too small if negative), and closes.
    public static func lyingLength(_ text: String, excess: Int) -> ServerScript {
        [.respond(jsonResponse(text, framing: .claimedLength(text.utf8.count + excess))), .close]
    }

    /// Sends a chunked body that never ends.
    public static let endlessBody: ServerScript = {
        let head = jsonResponse("", framing: .chunked(size: 1)).head
        let chunk = ServerResponse(
            body: Array(repeating: UInt8(ascii: " "), count: 16_384), framing: .chunked(size: 16_384))
        let lastChunk = Array("0\r\n\r\n".utf8).count
        return [.send(head), .flood(Array(chunk.content.dropLast(lastChunk)))]
    }()

    /// Sends endless header fields.
    public static let endlessHeaders: ServerScript = {
        let fields = String(repeating: "X-Filler: \(String(repeating: "f", count: 53))\r\n", count: 256)
        return [.send(Array("HTTP/1.1 200 OK\r\n".utf8)), .flood(Array(fields.utf8))]
    }()

    /// Sends a status line and header fields, but never the empty line that ends them.
    public static let unfinishedHeaders: ServerScript = [
        .send(Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n".utf8)), .hang,
    ]

    /// Sends something other than HTTP, and closes.
    public static let notHTTP: ServerScript = [.send(Array("220 mail.example ESMTP\r\n".utf8)), .close]

    private static func partOfBody(_ text: String, endingWith end: ServerStep) -> ServerScript {
        [.respond(jsonResponse(text, framing: .claimedLength(text.utf8.count + 1000))), end]
    }
}
