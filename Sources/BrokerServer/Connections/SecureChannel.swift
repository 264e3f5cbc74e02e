import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// A channel over TLS, with the certificate in use when its connection is made.
///
/// A client may close its side, with or without `close_notify`, and still gets the answers to the requests that it
/// sent.
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
