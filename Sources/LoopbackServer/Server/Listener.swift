import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Accepts connections, sets up their pipelines and passes on those to be served.
struct Listener: Sendable {
    private let configuration: LoopbackServer.Configuration
    private let tls: NIOSSLContext?
    private let traffic: Monitor<Traffic>
    private let onConnection: @Sendable (Connection) -> Void

    init(
        configuration: LoopbackServer.Configuration,
        traffic: Monitor<Traffic>,
        onConnection: @escaping @Sendable (Connection) -> Void
    ) throws {
        self.configuration = configuration
        self.tls = try configuration.tls?.makeContext()
        self.traffic = traffic
        self.onConnection = onConnection
    }

    /// Binds the requested addresses and returns the port, the same on each.
    func listen(on group: any EventLoopGroup) async throws -> Int {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer(setUp)
        // A port that is free on 127.0.0.1 may be in use on ::1; then try another.
        for _ in 1..<8 where configuration.port == 0 && configuration.listensOnIPv6 {
            if let port = try? await bind(bootstrap) { return port }
        }
        return try await bind(bootstrap)
    }

    private func bind(_ bootstrap: ServerBootstrap) async throws -> Int {
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: configuration.port).get()
        guard let port = channel.localAddress?.port else { throw ChannelError.unknownLocalAddress }
        guard configuration.listensOnIPv6 else { return port }
        do {
            _ = try await bootstrap.bind(host: "::1", port: port).get()
            return port
        } catch {
            try await channel.close().get()
            throw error
        }
    }

    @Sendable
    private func setUp(_ channel: any Channel) -> EventLoopFuture<Void> {
        let number = traffic.withState { $0.accept() }
        return channel.eventLoop.makeCompletedFuture {
            switch configuration.behavior(number) {
            case .serve:
                try serve(channel, number: number, tls: tls)
            case .serveOverTLS(let settings):
                try serve(channel, number: number, tls: settings.makeContext())
            case .ignore:
                noteClose(of: channel)
            case .resetOnFirstBytes:
                noteClose(of: channel)
                try channel.pipeline.syncOperations.addHandler(FirstBytesResetter())
            }
        }
    }

    /// For a connection that is not served; for the others, the server does it.
    private func noteClose(of channel: any Channel) {
        channel.closeFuture.whenComplete { _ in traffic.withState { $0.close() } }
    }

    private func serve(_ channel: any Channel, number: Int, tls: NIOSSLContext?) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            try pipeline.addHandler(NIOSSLServerHandler(context: tls), name: ConnectionTransport.tlsHandlerName)
        }
        let (requests, incoming) = AsyncStream.makeStream(of: ReceivedRequest.self)
        let names = ConnectionTransport.requestHandlerNames
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()), name: names[0])
        try pipeline.addHandler(
            RequestAssembler(
                connection: number,
                sendsContinue: configuration.sendsContinue,
                onRequest: { request in
                    traffic.withState { $0.record(request) }
                    incoming.yield(request)
                },
                onEnd: { incoming.finish() }
            ),
            name: names[1]
        )
        onConnection(Connection(transport: ConnectionTransport(channel: channel), requests: requests))
    }
}

/// What the server does with a connection before any request; decided when the connection is accepted.
public enum ConnectionBehavior: Sendable {
    /// Serves it as configured.
    case serve

    /// Serves it over TLS with other settings: another certificate, other versions.
    case serveOverTLS(TLSSettings)

    /// Reads all input and sends nothing: over TLS, a hanging handshake.
    case ignore

    /// Resets it when the first bytes arrive: over TLS, a reset after the ClientHello.
    case resetOnFirstBytes
}

/// Resets the connection when the first bytes arrive.
final class FirstBytesResetter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        ConnectionTransport(channel: context.channel).startReset()
    }
}
