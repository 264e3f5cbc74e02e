/// Where a request came from, as far as those who say so are trusted.
package struct RequestOrigin: Sendable, Hashable {
    /// Who sent it.
    package internal(set) var address: ClientAddress
    /// Whether it was sent by https.
    package internal(set) var isSecure: Bool
    /// Whether the connection is a trusted proxy's.
    package let cameThroughProxy: Bool
}
