/// One line of an ``EgressPolicy``: a network, and whether connecting to it is allowed.
public struct EgressRule: Sendable, Hashable {
    /// The addresses that the rule applies to.
    public let network: IPNetwork
    /// Whether connecting to them is allowed.
    public let allows: Bool
}
