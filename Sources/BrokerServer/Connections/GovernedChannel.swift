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

/// The handler closest to the network in a governed connection: knows its number, and reports its activity to the
/// governor.
final class GovernedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let id: ConnectionID
    private let governor: ConnectionGovernor
    /// The bytes of an incomplete head, as last reported.
    private var headBytes = 0

    init(_ id: ConnectionID, of governor: ConnectionGovernor) {
        self.id = id
        self.governor = governor
    }

    /// Reports whether the client, and not the service, is being waited for. The governor considers such a connection
    /// idle: otherwise clients that read nothing could occupy all connections.
    func report(isWaitingForClient: Bool) {
        if isWaitingForClient {
            governor.endRequest(on: id)
        } else {
            governor.beginRequest(on: id)
        }
    }

    /// Reports from any thread whether the login of the connection's request waits.
    var reportWait: @Sendable (Bool) -> Void {
        { [governor, id] isWaiting in governor.setWaiting(isWaiting, on: id) }
    }

    /// Records how many bytes of an incomplete request head have arrived; 0 once it is complete.
    func resizeHead(to bytes: Int) {
        guard bytes != headBytes else { return }
        headBytes = bytes
        governor.resizeHead(on: id, to: bytes)
    }
}
