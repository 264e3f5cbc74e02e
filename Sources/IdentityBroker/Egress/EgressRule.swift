/// One line of an ``EgressPolicy``: a network, and whether it may be connected to.
public struct EgressRule: Sendable, Hashable {
    /// The addresses that the rule decides.
    public let network: IPNetwork
    /// Whether they may be connected to.
    public let allows: Bool
}
