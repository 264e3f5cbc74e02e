import IdentityBroker

extension IPAddress {
    /// Parses the node of a proxy's header field: an address with or without a port (RFC 7239 §6). IPv6 without
    /// brackets, as in `X-Forwarded-For`, cannot have a port. Returns nil for `unknown`, for an obfuscated node and for
    /// garbage.
    init?(node: Substring) {
        let (host, port): (Substring, Substring)
        if node.first == "[" {
            guard let end = node.firstIndex(of: "]") else { return nil }
            (host, port) = (node[..<end].dropFirst(), node[end...].dropFirst())
        } else if let colon = node.firstIndex(of: ":"), colon == node.lastIndex(of: ":") {
            (host, port) = (node[..<colon], node[colon...])
        } else {
            (host, port) = (node, "")
        }
        guard port.isEmpty || port.isPort, let address = IPAddress(String(host)) else { return nil }
        if node.first == "[", case .v4 = address { return nil }
        self = address
    }
}

extension Substring {
    /// Whether this is a colon followed by a port.
    fileprivate var isPort: Bool {
        let digits = utf8.dropFirst()
        return utf8.first == UInt8(ascii: ":") && (1...5).contains(digits.count)
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
