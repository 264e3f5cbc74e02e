import IdentityBroker

/// What one proxy says of whom it passes a request on for.
struct ForwardedHop: Sendable, Hashable {
    /// Nil where the proxy does not tell, or what it says is no address.
    let address: ClientAddress?
    /// Whether the request came to that proxy by https; nil where it does not tell.
    let isSecure: Bool?

    /// - Parameters:
    ///   - node: An address with or without a port (RFC 7239 §6).
    ///   - scheme: The scheme that the request came by.
    init(node: Substring?, scheme: Substring?) {
        address = node.flatMap { IPAddress(node: $0) }.map { ClientAddress($0) }
        isSecure = scheme.map { $0.lowercased() == "https" }
    }
}
