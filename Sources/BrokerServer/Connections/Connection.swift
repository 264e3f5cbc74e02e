import IdentityBroker
import NIOCore

/// A connection of a client, for whoever decides how many there may be.
final class Connection: Sendable {
    /// The channel, with the peer's address.
    let channel: any Channel

    private let since: Locked<NIODeadline?>

    init(_ channel: any Channel) {
        self.channel = channel
        since = Locked(channel.eventLoop.now)
    }

    /// Since when the client has sent no complete request; nil while one is being answered. Parts of requests do not count.
    var waitingSince: NIODeadline? { since.withLock { $0 } }

    /// Called on the event loop.
    func setWaitingSince(_ time: NIODeadline?) {
        since.withLock { $0 = time }
    }
}

/// Follows the connections of a server. Called on their event loops.
protocol ConnectionObserver: Sendable {
    /// A connection has been accepted.
    func connectionOpened(_ connection: Connection)

    /// A complete request has arrived on the connection, or has been answered: see ``Connection/waitingSince``.
    func connectionChanged(_ connection: Connection)

    /// The connection is gone.
    func connectionClosed(_ connection: Connection)
}
