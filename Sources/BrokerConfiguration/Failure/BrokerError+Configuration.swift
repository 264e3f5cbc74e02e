public import IdentityBroker

extension BrokerError {
    /// The same failure as the answer to a login: the first problem, and the number of others.
    public init(_ error: ConfigurationError) {
        let kind: Kind =
            if error.problems.contains(where: { $0.kind == .defect }) {
                .internalError
            } else if error.problems.allSatisfy({ $0.kind == .unavailable }) {
                .unavailable
            } else {
                .misconfigured
            }
        let others = error.problems.count - 1
        let first = error.problems.first.map { "\($0)" } ?? ""
        self.init(kind, others > 0 ? "\(first) (And \(others) more.)" : first)
    }
}
