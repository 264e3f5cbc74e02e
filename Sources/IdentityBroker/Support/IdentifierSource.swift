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

    /// Random ids with 122 bits of entropy (RFC 9562 §5.4), of the operating system's generator.
    public static var random: IdentifierSource {
        IdentifierSource {
            // `UUID()` opens, reads and closes a file each time.
            var bytes = RandomSource.system.bytes(16)
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            return UUID(uuid: bytes.withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) })
        }
    }
}
