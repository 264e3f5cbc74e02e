#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where ids come from, handed in so that a test can foretell them.
public struct IdentifierSource: Sendable {
    /// An id that was never given before.
    public let next: @Sendable () -> UUID

    /// Makes a source.
    public init(_ next: @escaping @Sendable () -> UUID) {
        self.next = next
    }

    /// Random ids with 122 bits of entropy (RFC 9562 §5.4).
    public static var random: IdentifierSource { IdentifierSource { UUID() } }
}
