import IdentityBroker

/// What one proxy says about the client of a request.
struct ForwardedHop: Sendable, Hashable {
    /// Nil where the proxy does not say, or does not send an address.
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
