/// Where a request came from, as reported by trusted sources.
package struct RequestOrigin: Sendable, Hashable {
    /// Who sent it.
    package internal(set) var address: ClientAddress
    /// Whether it was sent over https.
    package internal(set) var isSecure: Bool
    /// Whether the connection's peer is a trusted proxy.
    package let cameThroughProxy: Bool
}
