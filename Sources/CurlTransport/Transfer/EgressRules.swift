import CLibcurlShims
import IdentityBroker

/// An egress policy's rules in C, for the callbacks that apply them.
final class EgressRules {
    private let rules: UnsafeMutableBufferPointer<curlshim_egress_rule>

    init(_ egress: EgressPolicy) {
        let translated = egress.rules.map(curlshim_egress_rule.init)
        rules = .allocate(capacity: translated.count)
        _ = rules.initialize(fromContentsOf: translated)
    }

    deinit {
        rules.deallocate()
    }

    /// Points into this object, and is valid for as long as the object lives.
    var policy: curlshim_egress_policy {
        curlshim_egress_policy(rules: rules.baseAddress, count: rules.count)
    }
}

extension curlshim_egress_rule {
    fileprivate init(_ rule: EgressRule) {
        self.init()
        let bytes = rule.network.address.bytes
        withUnsafeMutableBytes(of: &network) { $0.copyBytes(from: bytes) }
        prefix_length = UInt8(rule.network.prefixLength)
        is_ipv6 = bytes.count == 16
        allows = rule.allows
    }
}

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
