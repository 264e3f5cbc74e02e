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
