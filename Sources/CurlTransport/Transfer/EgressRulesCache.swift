import IdentityBroker

/// The translated rules of the few policies of a process. Lives on the loop's thread.
struct EgressRulesCache {
    private static let capacity = 64
    private var known: [EgressPolicy: EgressRules] = [:]
    /// The most recent rules: the next request usually needs the same ones, and comparing is cheaper than hashing.
    private var last: (egress: EgressPolicy, rules: EgressRules)?

    subscript(egress: EgressPolicy) -> EgressRules {
        mutating get {
            if let last, last.egress == egress { return last.rules }
            let rules = rules(for: egress)
            last = (egress, rules)
            return rules
        }
    }

    private mutating func rules(for egress: EgressPolicy) -> EgressRules {
        if let rules = known[egress] { return rules }
        if known.count == Self.capacity { known.removeAll() }
        let rules = EgressRules(egress)
        known[egress] = rules
        return rules
    }
}
