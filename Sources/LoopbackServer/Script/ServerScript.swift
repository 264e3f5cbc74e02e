/// What the server does in answer to one request, step by step.
///
/// After the last step, the connection stays open for the next request, unless a step ended it or the request said
/// `Connection: close`.
public struct ServerScript: Sendable, ExpressibleByArrayLiteral {
    /// The steps in order. Steps after one that ends the connection are not performed.
    public var steps: [ServerStep]

    /// Makes a script from these steps.
    public init(_ steps: [ServerStep]) {
        self.steps = steps
    }

    /// Makes a script from these steps.
    public init(arrayLiteral steps: ServerStep...) {
        self.init(steps)
    }

    /// This script followed by another.
    public func followed(by next: ServerScript) -> ServerScript {
        ServerScript(steps + next.steps)
    }

    /// Whether it ends by holding the connection.
    public var hangs: Bool {
        if case .hang = steps.last { true } else { false }
    }
}

extension ServerScript {
    /// A complete and correct response.
    public static func respond(status: Int = 200, headers: [HeaderField] = [], body: [UInt8] = []) -> ServerScript {
        [.respond(ServerResponse(status: status, headers: headers, body: body))]
    }

    /// A complete and correct response of type `application/json`; the text is sent verbatim, valid JSON or not.
    public static func json(_ text: String, status: Int = 200, headers: [HeaderField] = []) -> ServerScript {
        .respond(
            status: status, headers: [HeaderField("Content-Type", "application/json")] + headers, body: Array(text.utf8)
        )
    }

    /// A redirect to `location`.
    public static func redirect(to location: String, status: Int = 302) -> ServerScript {
        .respond(status: status, headers: [HeaderField("Location", location)])
    }

    /// A JSON response in chunked transfer coding, in chunks of at most `size` bytes.
    public static func chunkedJSON(_ text: String, size: Int) -> ServerScript {
        [.respond(jsonResponse(text, framing: .chunked(size: size)))]
    }

    /// Delays this script until the turnstile lets it pass.
    public func held(at turnstile: Turnstile) -> ServerScript {
        ServerScript([.wait(for: turnstile)]).followed(by: self)
    }

    static func jsonResponse(_ text: String, framing: BodyFraming) -> ServerResponse {
        ServerResponse(
            headers: [HeaderField("Content-Type", "application/json")], body: Array(text.utf8), framing: framing)
    }
}

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
