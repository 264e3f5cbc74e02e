/// Where random bytes come from, handed in so that a test can foretell them.
public struct RandomSource: Sendable {
    /// As many bytes as asked for, of a generator fit for cryptography.
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
            // Eight bytes a call: asking the system for each costs as much.
            while bytes.count < count {
                withUnsafeBytes(of: generator.next()) { bytes += $0.prefix(count - bytes.count) }
            }
            return bytes
        }
    }
}
