import LoopbackServer

/// Answers that are too long, or whose stated length is wrong, and answers that are not HTTP.
extension AnswerFault {
    static let framing = tooLong + [endlessHeaders] + lyingLengths + [notHTTP]

    /// One more than an instance of the kit accepts.
    private static let bytesTooMany = InstanceDocument.responseSize + 1

    static let tooLong: [AnswerFault] = [
        .answer("the right answer padded with white space to one byte too many") {
            let padding = [UInt8](repeating: UInt8(ascii: " "), count: max(0, bytesTooMany - $0.correct.body.count))
            return .json($0.correct.body + padding)
        },
        .answer("a length beyond the limit, and a flood of bytes") { _ in
            let response = ServerResponse(framing: .claimedLength(1 << 40))
            return [.send(response.head), .flood([UInt8](repeating: UInt8(ascii: " "), count: 16_384))]
        },
        .answer("chunks without end") { _ in .endlessBody },
    ]

    static let endlessHeaders = answer("header fields without end") { _ in .endlessHeaders }

    static let lyingLengths: [AnswerFault] = [
        .answer("the right answer, a longer Content-Length and the end of the connection") {
            [.respond($0.correct.claiming($0.correct.body.count + 100)), .close]
        },
        .answer("the right answer and a shorter Content-Length") {
            [.respond($0.correct.claiming($0.correct.body.count - 1)), .close]
        },
    ]

    static let notHTTP = answer("a banner of another protocol") { _ in .notHTTP }
}

extension ServerResponse {
    /// The response with a different `Content-Length`.
    func claiming(_ length: Int) -> ServerResponse {
        var response = self
        response.framing = .claimedLength(max(0, length))
        return response
    }

    /// The response with another status.
    func with(status: Int, headers: [HeaderField] = []) -> ServerResponse {
        var response = self
        response.status = status
        response.headers += headers
        return response
    }
}
