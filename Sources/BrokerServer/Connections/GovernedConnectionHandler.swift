import NIOCore

/// Stands next to the network in a governed connection, and knows its number.
final class GovernedConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    let id: ConnectionID
    let governor: ConnectionGovernor

    init(_ id: ConnectionID, of governor: ConnectionGovernor) {
        self.id = id
        self.governor = governor
    }
}
