import NIOCore

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

    /// Records how many bytes of an incomplete request head have arrived; 0 once it is complete.
    func resizeHead(to bytes: Int) {
        guard bytes != headBytes else { return }
        headBytes = bytes
        governor.resizeHead(on: id, to: bytes)
    }
}
