import IdentityBroker

/// The translated rules of the few policies that a process has. Lives on the loop's thread.
struct EgressRulesCache {
    private static let capacity = 64
    private var known: [EgressPolicy: EgressRules] = [:]

    subscript(egress: EgressPolicy) -> EgressRules {
        mutating get {
            if let rules = known[egress] { return rules }
            if known.count == Self.capacity { known.removeAll() }
            let rules = EgressRules(egress)
            known[egress] = rules
            return rules
        }
    }
}
