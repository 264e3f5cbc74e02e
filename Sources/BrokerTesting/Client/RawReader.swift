package import LoopbackServer
import NIOCore
import NIOSSL

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Records what arrives over a connection and how the connection ends.
final class RawReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let reading: Monitor<RawReading>

    init(reading: Monitor<RawReading>) {
        self.reading = reading
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        reading.withState { $0.bytes.append(contentsOf: bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        reading.withState { $0.finish(.closed) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let end: ConnectionEnd =
            switch error {
            case let error as IOError where error.errnoCode == ECONNRESET: .reset
            case NIOSSLError.uncleanShutdown: .truncated
            default: .failed("\(error)")
            }
        reading.withState { $0.finish(end) }
        context.close(promise: nil)
    }
}

/// What a ``RawClient`` has read.
struct RawReading: Sendable {
    var bytes: [UInt8] = []
    var end: ConnectionEnd?

    /// Records how the connection ended; the first record is the cause, later ones are its consequence.
    mutating func finish(_ end: ConnectionEnd) {
        self.end = self.end ?? end
    }
}

/// A response parsed from the bytes of a connection.
package struct RawResponse: Sendable, Hashable {
    package let status: Int
    package let headers: [HeaderField]
    /// Everything after the header section, whatever its framing.
    package let body: String

    /// Parses a response from these bytes; nil if they contain no complete header section.
    package init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let statusLine = lines[0].split(separator: " ")
        guard statusLine.count > 1, let status = Int(statusLine[1]) else { return nil }
        self.status = status
        self.headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
            return HeaderField(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        self.body = String(text[end.upperBound...])
    }
}
