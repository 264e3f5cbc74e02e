import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A channel behind TLS, with the certificate that is served when its connection is made.
///
/// A client may end its side, with `close_notify` or without, and still gets the answers to the requests that it has sent.
struct SecureChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let certificate: ServingCertificate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers(
                [NIOSSLServerHandler(context: certificate.context), HalfClosureHandler()])
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
