/// A rule of a conformance kit that does not hold.
public struct ConformanceFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule; see ``ConformanceCase/name``.
    public let rule: String
    /// Why the rule exists.
    public let reason: String
    /// What was seen instead.
    public let observation: String

    init(rule: String, reason: String, observation: String) {
        self.rule = rule
        self.reason = reason
        self.observation = observation
    }

    /// The rule, what was seen instead, and why it matters.
    public var description: String {
        """
        rule: \(rule)
        seen: \(observation)
        why:  \(reason)
        """
    }
}
