import IdentityBroker

/// The translated rules of the few policies that a process has. Lives on the loop's thread.
struct EgressRulesCache {
    private static let capacity = 64
    private var known: [EgressPolicy: EgressRules] = [:]
    /// Those asked for last: most often the same are asked for next, and to compare is cheaper than to hash.
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
