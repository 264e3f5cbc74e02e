import Metrics

/// The admission state of one instance as metrics: `broker_logins_under_way`, `broker_logins_waiting`, and
/// `broker_breaker_state`, which is 0 for closed, 1 for half-open and 2 for open.
struct AdmissionGauges: Sendable {
    private let id: ProviderID

    init(_ id: ProviderID) {
        self.id = id
    }

    func report(_ summary: AdmissionState.Summary) {
        let (factory, dimensions) = (MetricsSystem.factory, [("provider", id.rawValue)])
        func record(_ value: Int, as label: String) {
            Gauge(label: label, dimensions: dimensions, factory: factory).record(value)
        }
        record(summary.underWay, as: "broker_logins_under_way")
        record(summary.waiting, as: "broker_logins_waiting")
        switch summary.breaker {
        // Without a breaker, or after its removal, every login passes.
        case nil, .closed: record(0, as: "broker_breaker_state")
        case .halfOpen: record(1, as: "broker_breaker_state")
        case .open: record(2, as: "broker_breaker_state")
        }
    }
}
