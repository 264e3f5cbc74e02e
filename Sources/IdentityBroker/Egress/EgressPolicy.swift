/// Which addresses an exchange may connect to, judged after name resolution.
///
/// Without it an upstream's name that resolves to `127.0.0.1` or `169.254.169.254` turns the broker into a way into the
/// network that it appears in (server-side request forgery, DNS rebinding).
public struct EgressPolicy: Sendable, Hashable {
    /// Networks that are allowed although they are special, such as a private deployment's.
    public var allowedNetworks: [IPNetwork]
    /// Whether plain HTTP may be spoken. Off unless an operator says otherwise.
    public var allowsInsecureHTTP: Bool

    /// Makes a policy. The default allows https to every public address and nothing else.
    public init(allowedNetworks: [IPNetwork] = [], allowsInsecureHTTP: Bool = false) {
        self.allowedNetworks = allowedNetworks
        self.allowsInsecureHTTP = allowsInsecureHTTP
    }

    /// The policy as rules, for a transport that has to judge where no Swift may run. The first rule whose network
    /// contains the unmapped address decides; an address in none is allowed.
    public var rules: [EgressRule] {
        allowedNetworks.map { EgressRule(network: $0, allows: true) }
            + Self.specialNetworks.map { EgressRule(network: $0, allows: false) }
    }

    /// Whether the address may be connected to.
    public func permits(_ address: IPAddress) -> Bool {
        rules.first { $0.network.contains(address) }?.allows ?? true
    }
}
