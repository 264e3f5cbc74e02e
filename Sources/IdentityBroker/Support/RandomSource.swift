public import Foundation

/// A source of random bytes, passed in so that a test can predict them.
public struct RandomSource: Sendable {
    /// As many bytes as requested, from a cryptographic generator.
    public let bytes: @Sendable (Int) -> [UInt8]

    /// Makes a source.
    public init(_ bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.bytes = bytes
    }

    /// The operating system's generator.
    public static var system: RandomSource {
        RandomSource { count in
            var generator = SystemRandomNumberGenerator()
            var bytes: [UInt8] = []
            // Eight bytes per call: a call for each byte would cost eight times as much.
            while bytes.count < count {
                withUnsafeBytes(of: generator.next()) { bytes += $0.prefix(count - bytes.count) }
            }
            return bytes
        }
    }
}

/// A source of ids, passed in so that a test can predict them.
public struct IdentifierSource: Sendable {
    /// A new, unique id.
    public let next: @Sendable () -> UUID

    /// Makes a source.
    public init(_ next: @escaping @Sendable () -> UUID) {
        self.next = next
    }

    /// Random ids with 122 bits of entropy (RFC 9562 §5.4) from the operating system's generator.
    public static var random: IdentifierSource {
        IdentifierSource {
            // `UUID()` opens, reads and closes a file each time.
            var generator = SystemRandomNumberGenerator()
            let (high, low) = (generator.next() as UInt64, generator.next() as UInt64)
            let id = (
                (high & ~0xF000 | 0x4000).bigEndian,
                (low & ~(0b11 << 62) | 0b10 << 62).bigEndian
            )
            return UUID(uuid: withUnsafeBytes(of: id) { $0.loadUnaligned(as: uuid_t.self) })
        }
    }
}
