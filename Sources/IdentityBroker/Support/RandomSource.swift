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
