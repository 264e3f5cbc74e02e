import NIOCore
import NIOEmbedded
import NIOSSL

/// The beginning of a handshake in memory, to find out whether a certificate and its key work.
enum HandshakeTrial {
    /// Sits between TLS and the channel, which it can close without `close_notify`.
    private final class Bottom: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
    }

    /// Every key that a client might accept.
    private static let signatures: [SignatureAlgorithm] = [
        .ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .ecdsaSecp521R1Sha512, .ed25519, .rsaPssRsaeSha256,
        .rsaPssRsaeSha384, .rsaPssRsaeSha512, .rsaPkcs1Sha256, .rsaPkcs1Sha384, .rsaPkcs1Sha512,
    ]

    /// Whether a server with this context answers the first message of a client that accepts everything. The answer
    /// includes the certificate and a signature by the key (RFC 8446 §2).
    static func succeeds(with context: NIOSSLContext) -> Bool {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.certificateVerification = .none
            configuration.verifySignatureAlgorithms = signatures
            let client = try NIOSSLClientHandler(
                context: NIOSSLContext(configuration: configuration), serverHostname: nil)
            return try withChannel(client) { client in
                try withChannel(NIOSSLServerHandler(context: context)) { server in
                    var hasAnswered = false
                    while let message = try client.readOutbound(as: ByteBuffer.self) {
                        try server.writeInbound(message)
                    }
                    while try server.readOutbound(as: ByteBuffer.self) != nil { hasAnswered = true }
                    return hasAnswered
                }
            }
        } catch {
            return false
        }
    }

    private static func withChannel<Value>(
        _ handler: any ChannelHandler, _ body: (EmbeddedChannel) throws -> Value
    ) throws -> Value {
        let channel = EmbeddedChannel()
        let bottom = Bottom()
        defer {
            // An orderly close would wait for the other side's.
            (try? channel.pipeline.syncOperations.context(handler: bottom))?.close(mode: .all, promise: nil)
        }
        try channel.pipeline.syncOperations.addHandlers([bottom, handler])
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        return try body(channel)
    }
}
