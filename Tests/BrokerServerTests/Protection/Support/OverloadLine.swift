import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import BrokerServer

/// A connection whose requests may have to wait, or are refused.
struct OverloadLine {
    let channel: EmbeddedChannel
    let places = PlaceHandover()

    init(_ overload: Overload, on loop: EmbeddedEventLoop = EmbeddedEventLoop()) throws {
        channel = EmbeddedChannel(handler: OverloadHandler(overload, handover: places), loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    func send(_ parts: HTTPServerRequestPart...) throws {
        for part in parts { try channel.writeInbound(part) }
    }

    /// Sends parts that arrive together.
    func sendAtOnce(_ parts: HTTPServerRequestPart...) {
        for part in parts { channel.pipeline.fireChannelRead(part) }
        channel.pipeline.fireChannelReadComplete()
    }

    func sendRequest(_ path: String = "/oauth2/token", body: Int = 3) throws {
        try send(.head(path), .body(count: body), .end(nil))
    }

    /// The number of parts passed on since the last call.
    func passedOn() throws -> Int {
        var count = 0
        while try channel.readInbound(as: HTTPServerRequestPart.self) != nil { count += 1 }
        return count
    }

    /// The head of the answer, if it is complete.
    func answer() throws -> HTTPResponseHead? {
        guard case .head(let head) = try channel.readOutbound(as: HTTPServerResponsePart.self) else { return nil }
        guard case .body(.byteBuffer(let body)) = try channel.readOutbound(as: HTTPServerResponsePart.self) else {
            return nil
        }
        guard case .end = try channel.readOutbound(as: HTTPServerResponsePart.self) else { return nil }
        #expect(head.headers["Content-Length"] == ["\(body.readableBytes)"])
        #expect(String(buffer: body).contains(#""error":"temporarily_unavailable""#))
        return head
    }

    /// Answers a request as the service does: it returns the place before it answers.
    func respond() throws {
        places.takeOver()?.giveBack()
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
    }
}

extension HTTPServerRequestPart {
    static func head(_ path: String = "/oauth2/token") -> HTTPServerRequestPart {
        .head(HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: ["Host": "localhost"]))
    }

    static func body(count: Int) -> HTTPServerRequestPart {
        .body(ByteBuffer(repeating: 0x61, count: count))
    }
}
