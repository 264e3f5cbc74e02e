public import Foundation

/// A broker's signing keys, encrypted: all that a store sees of them.
public struct SealedKeyRing: Sendable, Hashable {
    /// Counts the changes from 1.
    public let version: Int
    /// The encrypted keys, up to 1 MiB.
    public let sealed: Data

    /// Makes a key ring.
    public init(version: Int, sealed: Data) {
        self.version = version
        self.sealed = sealed
    }
}
