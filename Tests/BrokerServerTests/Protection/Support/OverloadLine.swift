import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import BrokerServer

/// A connection whose requests may have to wait or are turned away.
struct OverloadLine {
    let channel: EmbeddedChannel
    let places = PlaceHandover()

    init(_ overload: Overload) throws {
        channel = EmbeddedChannel(handler: OverloadHandler(overload, handover: places))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    func send(_ parts: HTTPRequestPart...) throws {
        for part in parts { try channel.writeInbound(part) }
    }

    /// Sends parts that arrive together.
    func sendAtOnce(_ parts: HTTPRequestPart...) {
        for part in parts { channel.pipeline.fireChannelRead(part) }
        channel.pipeline.fireChannelReadComplete()
    }

    func sendRequest(_ path: String = "/oauth2/token", body: Int = 3) throws {
        try send(.head(path), .body(count: body), .end(nil))
    }

    /// How many parts were passed on since this was asked last.
    func passedOn() throws -> Int {
        var count = 0
        while try channel.readInbound(as: HTTPRequestPart.self) != nil { count += 1 }
        return count
    }

    /// The head of the answer, if there is a whole one.
    func answer() throws -> HTTPResponse? {
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        guard case .body(let body) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        guard case .end = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        #expect(head.headerFields[.contentLength] == "\(body.readableBytes)")
        #expect(String(buffer: body).contains(#""error":"temporarily_unavailable""#))
        return head
    }

    /// Answers a request as the service does: whoever answers has given the place back before.
    func respond() throws {
        places.takeOver()?.giveBack()
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }
}

extension HTTPRequestPart {
    static func head(_ path: String = "/oauth2/token") -> HTTPRequestPart {
        .head(HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: path))
    }

    static func body(count: Int) -> HTTPRequestPart {
        .body(ByteBuffer(repeating: 0x61, count: count))
    }
}
