import NIOCore

/// Stands next to the network in a governed connection, knows its number, and tells its governor what it is busy with.
final class GovernedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let id: ConnectionID
    private let governor: ConnectionGovernor
    /// How many bytes of an incomplete head the governor knows of.
    private var headBytes = 0

    init(_ id: ConnectionID, of governor: ConnectionGovernor) {
        self.id = id
        self.governor = governor
    }

    /// Says whether it is the client that holds things up, and not the service. Such a connection is idle to the governor: otherwise
    /// clients that read nothing could take all connections there are.
    func report(isWaitingForClient: Bool) {
        if isWaitingForClient {
            governor.endRequest(on: id)
        } else {
            governor.beginRequest(on: id)
        }
    }

    /// So many bytes of an incomplete request head have arrived; 0 once it is complete.
    func resizeHead(to bytes: Int) {
        guard bytes != headBytes else { return }
        headBytes = bytes
        governor.resizeHead(on: id, to: bytes)
    }
}
