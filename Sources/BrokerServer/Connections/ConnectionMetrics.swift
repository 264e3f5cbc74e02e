import CoreMetrics
import Metrics

/// The metrics of a listener's connections.
struct ConnectionMetrics: Sendable {
    /// The number of idle connections.
    let idle: Meter
    /// The number of connections with a complete request.
    let active: Meter
    /// The maximum number of connections.
    let limit: Meter

    private let accepted: Counter
    private let refused: [ConnectionLedger.Limit: Counter]
    private let replaced: [ConnectionLedger.Limit: Counter]

    /// - Parameter listener: The listener's name, as a label.
    init(listener: String) {
        func counter(_ name: String, _ dimensions: (String, String)...) -> Counter {
            Counter(label: "broker_connections_\(name)_total", dimensions: [("listener", listener)] + dimensions)
        }
        func counters(_ name: String) -> [ConnectionLedger.Limit: Counter] {
            Dictionary(
                uniqueKeysWithValues: ConnectionLedger.Limit.allCases.map {
                    ($0, counter(name, ("limit", $0.rawValue)))
                })
        }
        func meter(_ state: String) -> Meter {
            Meter(label: "broker_connections", dimensions: [("listener", listener), ("state", state)])
        }
        idle = meter("idle")
        active = meter("active")
        limit = Meter(label: "broker_connections_limit", dimensions: [("listener", listener)])
        accepted = counter("accepted")
        refused = counters("refused")
        replaced = counters("replaced")
    }

    /// Counts the decision about a new connection.
    func count(_ decision: ConnectionLedger.Decision) {
        switch decision {
        case .accept:
            accepted.increment()
        case .replace(_, with: _, let limit):
            accepted.increment()
            countReplaced(at: limit)
        case .refuse(let limit):
            refused[limit]?.increment()
        }
    }

    /// Counts a connection that gave way to others.
    func countReplaced(at limit: ConnectionLedger.Limit) {
        replaced[limit]?.increment()
    }
}
