import IdentityBroker

/// One proxy's statement about the client of a request.
struct ForwardedHop: Sendable, Hashable {
    /// Nil if the proxy states none, or something other than an address.
    let address: ClientAddress?
    /// Whether the request reached that proxy over https; nil if unstated.
    let isSecure: Bool?

    /// - Parameters:
    ///   - node: An address with or without a port (RFC 7239 §6).
    ///   - scheme: The scheme of the request.
    init(node: Substring?, scheme: Substring?) {
        address = node.flatMap { IPAddress(node: $0) }.map { ClientAddress($0) }
        isSecure = scheme.map { $0.lowercased() == "https" }
    }
}
