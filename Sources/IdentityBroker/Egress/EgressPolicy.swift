/// Which addresses an exchange may connect to, checked after name resolution.
///
/// Without it, an upstream's name that resolves to `127.0.0.1` or `169.254.169.254` turns the broker into a gateway to
/// its own network (server-side request forgery, DNS rebinding).
public struct EgressPolicy: Sendable, Hashable {
    /// Special networks that are nevertheless allowed, such as that of a private deployment.
    public var allowedNetworks: [IPNetwork]
    /// Whether plain HTTP is allowed. Off by default.
    public var allowsInsecureHTTP: Bool

    /// Makes a policy. By default it allows https to all public addresses and nothing else.
    public init(allowedNetworks: [IPNetwork] = [], allowsInsecureHTTP: Bool = false) {
        self.allowedNetworks = allowedNetworks
        self.allowsInsecureHTTP = allowsInsecureHTTP
    }

    /// The policy as rules, for a transport that must decide where no Swift may run. The first rule whose network
    /// contains the unmapped address decides; an address in no network is allowed.
    public var rules: [EgressRule] {
        allowedNetworks.map { EgressRule(network: $0, allows: true) }
            + Self.specialNetworks.map { EgressRule(network: $0, allows: false) }
    }

    /// Whether connecting to the address is allowed.
    public func permits(_ address: IPAddress) -> Bool {
        rules.first { $0.network.contains(address) }?.allows ?? true
    }
}
