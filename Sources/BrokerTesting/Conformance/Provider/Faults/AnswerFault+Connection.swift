import LoopbackServer

/// Connections that end or stall when an answer is due.
extension AnswerFault {
    static let lostConnections: [AnswerFault] = [
        .answer("a connection closed before the answer") { _ in .close },
        .answer("a connection closed before the answer without a close_notify") { _ in .closeWithoutNotify },
        .answer("a connection reset before the answer") { _ in .reset },
        .answer("a connection closed within the header section") { _ in
            [.send(Array("HTTP/1.1 200 OK\r\nContent-Ty".utf8)), .close]
        },
        .answer("a connection closed within the body") { half(of: $0).followed(by: .close) },
        .answer("a connection reset within the body") { half(of: $0).followed(by: .reset) },
        .answer("a body that ends with the connection, and no close_notify") {
            var response = $0.correct
            response.framing = .untilClose
            response.body = Array(response.body.dropLast())
            return [.respond(response), .closeWithoutNotify]
        },
    ]

    static let stalls: [AnswerFault] = [
        .stall("no answer") { _ in [] },
        .stall("a header section that does not end") { _ in
            [.send(Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n".utf8))]
        },
        .stall("a header section and no body") { [.send($0.correct.head)] },
        .stall("half of the body") { half(of: $0) },
        .stall("one-byte chunks without end") {
            let chunks = $0.correct.body.dropLast().map { [UInt8]("1\r\n".utf8) + [$0] + Array("\r\n".utf8) }
            let response = ServerResponse(framing: .chunked(size: 1))
            return ServerScript([.send(response.head)] + chunks.map { .send($0) })
        },
    ]

    /// The start of the correct answer, with its full length stated.
    private static func half(of scene: Scene) -> ServerScript {
        var response = scene.correct.claiming(scene.correct.body.count)
        response.body = Array(response.body.prefix(response.body.count / 2))
        return [.respond(response)]
    }
}
