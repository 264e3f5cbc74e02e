import LoopbackServer
import NIOCore
import NIOPosix
import NIOSSL

/// One connection to a server on loopback, byte by byte: for tests that examine what a library would hide.
package final class RawClient: Sendable {
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let reading: Monitor<RawReading>

    private init(channel: any Channel, group: MultiThreadedEventLoopGroup, reading: Monitor<RawReading>) {
        self.channel = channel
        self.group = group
        self.reading = reading
    }

    /// Connects, runs `body` with the connection and closes it.
    package static func withConnection<Result>(
        to port: Int, host: String = "127.0.0.1", tls: ClientTLS? = nil, _ body: (RawClient) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let reading = Monitor(RawReading())
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls { try channel.pipeline.syncOperations.addHandler(tls.makeHandler()) }
                        try channel.pipeline.syncOperations.addHandler(RawReader(reading: reading))
                    }
                }
                .connect(host: host, port: port).get()
            let result = try await body(RawClient(channel: channel, group: group, reading: reading))
            try await group.shutdownGracefully()
            return result
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    /// Sends one request over its own connection, and returns the response when the server has closed it.
    package static func exchange(
        _ method: String, _ target: String, body: String = "", port: Int, tls: ClientTLS? = nil
    ) async throws -> RawResponse? {
        try await withConnection(to: port, tls: tls) { client in
            try await client.send(
                """
                \(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
                """
            )
            try await client.waitForEnd()
            return RawResponse(client.received)
        }
    }

    /// What has been received so far, decrypted.
    package var received: [UInt8] {
        reading.snapshot.bytes
    }

    /// Sends text, and returns when the kernel has taken it.
    package func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Suspends until what has been received ends with `text`.
    package func receive(through text: String) async throws {
        try await reading.wait { $0.bytes.ends(with: text.utf8) ? () : nil }
    }

    /// Suspends until at least `count` bytes have been received.
    package func receive(atLeast count: Int) async throws {
        try await reading.wait { $0.bytes.count >= count ? () : nil }
    }

    /// Suspends until the connection has ended, and returns how it ended.
    @discardableResult
    package func waitForEnd() async throws -> ConnectionEnd {
        try await reading.wait { $0.end }
    }

    /// Sends text and closes this side in one go; answers may still arrive.
    ///
    /// - Parameter farewell: whether to end TLS with `close_notify` first.
    package func sendLast(_ text: String, withFarewell farewell: Bool = true) async throws {
        try await channel.eventLoop.flatSubmit { [channel] in
            let ended = channel.eventLoop.makePromise(of: Void.self)
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
            let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self)
            if let tls, !farewell {
                tls.close(mode: .output, promise: ended)
            } else {
                channel.close(mode: .output, promise: ended)
            }
            return ended.futureResult
        }.get()
    }

    /// Stops reading from the kernel, so that nothing is answered, not even by TLS itself.
    package func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    /// Closes the connection.
    package func close() async throws {
        try await channel.close().get()
    }
}

extension Collection where Element: Equatable {
    fileprivate func ends(with suffix: some Collection<Element>) -> Bool {
        self.suffix(suffix.count).elementsEqual(suffix)
    }
}

/// How a connection ended, as its client saw it.
package enum ConnectionEnd: Sendable, Hashable {
    /// With a FIN; over TLS after a `close_notify`.
    case closed

    /// Over TLS with a FIN but no `close_notify`.
    case truncated

    /// With a RST.
    case reset

    /// Because the TLS handshake failed, or for another reason; the text is the library's own.
    case failed(String)
}
