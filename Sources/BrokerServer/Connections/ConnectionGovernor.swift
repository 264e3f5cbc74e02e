import BrokerServing
import CoreMetrics
import IdentityBroker
import Logging
import NIOCore

/// Carries out what a ledger decides about the connections of one listener.
final class ConnectionGovernor: Sendable {
    private struct State: Sendable {
        var ledger: ConnectionLedger
        var channels: [ConnectionID: any Channel] = [:]
        var unreported = Tally()
    }

    /// What came to pass since it was last reported.
    struct Tally: Sendable, Equatable {
        var refused = 0
        var replaced = 0
    }

    private let state: Locked<State>
    private let trust: ProxyTrust
    private let metrics: ConnectionMetrics

    /// - Parameters:
    ///   - limits: How many connections are held.
    ///   - trust: The proxies that are exempt from the limit of an address.
    ///   - metrics: What counts them.
    init(_ limits: ConnectionCapacity, trust: ProxyTrust, metrics: ConnectionMetrics) {
        state = Locked(State(ledger: ConnectionLedger(limits)))
        self.trust = trust
        self.metrics = metrics
        metrics.limit.set(limits.total)
    }

    /// A connection was accepted.
    ///
    /// - Returns: Its number, or nil if it must be closed.
    func open(_ channel: any Channel) -> ConnectionID? {
        let address = channel.remoteAddress?.ipAddress.flatMap { ClientAddress($0) }
        let peer = ConnectionPeer(address, trust: trust)
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

    /// The service works on a request; see ``ConnectionLedger/beginRequest(on:)``.
    func beginRequest(on id: ConnectionID) {
        change { $0.ledger.beginRequest(on: id) }
    }

    /// So many bytes of a request head have arrived that is not complete; 0 once it is. Where there are too many, the
    /// connections are closed whose heads have been arriving longest.
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

    /// The connection waits for its client; see ``ConnectionLedger/endRequest(on:)``.
    func endRequest(on id: ConnectionID) {
        change { $0.ledger.endRequest(on: id) }
    }

    /// What came to pass since this was asked last.
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
    /// Closes the connection at once. `close()` would wait for the peer's farewell where it speaks TLS.
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
