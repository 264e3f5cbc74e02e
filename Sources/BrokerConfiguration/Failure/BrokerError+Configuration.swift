public import IdentityBroker

extension BrokerError {
    /// The same failure as the answer to a login: the first problem, and the number of others.
    public init(_ error: ConfigurationError) {
        let isDefect = error.problems.contains { $0.kind == .defect }
        let others = error.problems.count - 1
        let first = error.problems.first.map { "\($0)" } ?? ""
        self.init(isDefect ? .internalError : .misconfigured, others > 0 ? "\(first) (And \(others) more.)" : first)
    }
}
