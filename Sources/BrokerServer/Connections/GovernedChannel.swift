import HummingbirdCore
import Logging
import NIOCore

/// The connections of a listener, as far as its governor admits them.
struct GovernedChannel<Base: ServerChildChannel>: ServerChildChannel {
    typealias Value = Base.Value

    private struct Refused: Error {}

    let base: Base
    let governor: ConnectionGovernor

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard let id = governor.open(channel) else {
            // The server forgets a channel whose setup fails, and leaves it open.
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(Refused())
        }
        return channel.eventLoop.makeCompletedFuture {
            let handler = GovernedConnectionHandler(id, of: governor)
            try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }.flatMapErrorThrowing { error in
            channel.close(promise: nil)
            throw error
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
