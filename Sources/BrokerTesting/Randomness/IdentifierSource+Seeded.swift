import Foundation
public import IdentityBroker

extension IdentifierSource {
    /// Ids that a test can predict: the same sequence for the same seed.
    public static func seeded(_ seed: UInt64) -> IdentifierSource {
        let generator = Locked(SeededGenerator(seed: seed))
        return IdentifierSource {
            generator.withLock { generator in
                let (high, low) = (generator.next(), generator.next())
                let bytes = withUnsafeBytes(of: (high.bigEndian, low.bigEndian), Array.init)
                // Version 4, variant 10 (RFC 9562 §5.4).
                return UUID(
                    uuid: (
                        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6] & 0x0F | 0x40, bytes[7],
                        bytes[8] & 0x3F | 0x80, bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                        bytes[15]
                    ))
            }
        }
    }
}
