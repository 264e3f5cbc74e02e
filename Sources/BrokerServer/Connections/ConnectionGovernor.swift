import BrokerServing
import CoreMetrics
import IdentityBroker
import Logging
import NIOCore

/// Applies a ledger's decisions to the connections of one listener.
final class ConnectionGovernor: Sendable {
    private struct State: Sendable {
        var ledger: ConnectionLedger
        var channels: [ConnectionID: any Channel] = [:]
        var unreported = Tally()
    }

    /// The events since the last report.
    struct Tally: Sendable, Equatable {
        var refused = 0
        var replaced = 0
    }

    private let state: Locked<State>
    private let trust: ProxyTrust
    private let metrics: ConnectionMetrics

    /// - Parameters:
    ///   - limits: The connection limits.
    ///   - trust: The proxies that are exempt from the limit per address.
    ///   - metrics: Counts the connections.
    init(_ limits: ConnectionCapacity, trust: ProxyTrust, metrics: ConnectionMetrics) {
        state = Locked(State(ledger: ConnectionLedger(limits)))
        self.trust = trust
        self.metrics = metrics
        metrics.limit.set(limits.total)
    }

    /// Records an accepted connection.
    ///
    /// - Returns: Its number, or nil if it must be closed.
    func open(_ channel: any Channel) -> ConnectionID? {
        let peer = peer(of: channel)
        let (decision, replaced) = change { state in
            let decision = state.ledger.open(from: peer)
            switch decision {
            case .accept(let id):
                state.channels[id] = channel
            case .replace(let victim, with: let id, at: _):
                state.unreported.replaced += 1
                state.channels[id] = channel
                return (decision, state.channels.removeValue(forKey: victim))
            case .refuse:
                state.unreported.refused += 1
            }
            return (decision, nil)
        }
        replaced?.closeBelowTLS()
        metrics.count(decision)
        switch decision {
        case .accept(let id), .replace(_, with: let id, at: _):
            channel.closeFuture.whenComplete { [weak self] _ in self?.close(id) }
            return id
        case .refuse:
            return nil
        }
    }

    /// Who holds a connection.
    func peer(of channel: any Channel) -> ConnectionPeer {
        ConnectionPeer(channel.remoteAddress?.ipAddress.flatMap { ClientAddress($0) }, trust: trust)
    }

    /// Records that the service works on a request; see ``ConnectionLedger/beginRequest(on:)``.
    func beginRequest(on id: ConnectionID) {
        change { $0.ledger.beginRequest(on: id) }
    }

    /// Records how many bytes of an incomplete request head have arrived; 0 once it is complete. If there are too many,
    /// closes the connections whose heads have been arriving longest.
    func resizeHead(on id: ConnectionID, to bytes: Int) {
        let channels = change { state in
            let victims = state.ledger.resizeHead(on: id, to: bytes)
            state.unreported.replaced += victims.count
            return victims.compactMap { state.channels.removeValue(forKey: $0) }
        }
        for channel in channels {
            metrics.countReplaced(at: .memory)
            channel.closeBelowTLS()
        }
    }

    /// Records that the connection waits for its client; see ``ConnectionLedger/endRequest(on:)``.
    func endRequest(on id: ConnectionID) {
        change { $0.ledger.endRequest(on: id) }
    }

    /// Records that the login of a request begins to wait, or has waited; see ``ConnectionLedger/setWaiting(_:on:)``.
    func setWaiting(_ isWaiting: Bool, on id: ConnectionID) {
        change { $0.ledger.setWaiting(isWaiting, on: id) }
    }

    /// The events since the last call.
    func takeTally() -> Tally {
        state.withLock { state in
            defer { state.unreported = Tally() }
            return state.unreported
        }
    }

    /// Logs how many connections met a limit.
    func report(for listener: ListenerRole, to logger: Logger) {
        let tally = takeTally()
        guard tally != Tally() else { return }
        logger.warning(
            "connections met a limit",
            metadata: [
                "broker.listener": "\(listener.rawValue)",
                "broker.connections.refused": "\(tally.refused)",
                "broker.connections.replaced": "\(tally.replaced)",
            ]
        )
    }

    private func close(_ id: ConnectionID) {
        change { state in
            state.ledger.close(id)
            state.channels[id] = nil
        }
    }

    private func change<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            let result = body(&state)
            // Under the lock, so that an older number never replaces a newer one.
            metrics.idle.set(state.ledger.idleCount)
            metrics.active.set(state.ledger.activeCount)
            return result
        }
    }
}

extension Channel {
    /// Closes the connection at once. With TLS, `close()` would wait for the peer's `close_notify`.
    fileprivate func closeBelowTLS() {
        eventLoop.execute {
            if let context = try? self.pipeline.syncOperations.context(handlerType: GovernedConnectionHandler.self) {
                context.close(promise: nil)
            } else {
                self.close(promise: nil)
            }
        }
    }
}
