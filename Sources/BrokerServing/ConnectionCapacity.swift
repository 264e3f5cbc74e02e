/// How many connections a listener holds at once.
public struct ConnectionCapacity: Sendable, Hashable {
    /// How many in all. Fewer are held where the process's limit on open files leaves less room.
    public var total: Int
    /// How many from one address, or one IPv6 network of 64 bits. Trusted proxies are exempt.
    public var perAddress: Int
    /// How many bytes of request heads that are still arriving are kept, on all connections together.
    public var headBytes: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - total: At least 1.
    ///   - perAddress: At least 1.
    ///   - headBytes: At least what one head may have, 48 KiB.
    public init(total: Int = 10_000, perAddress: Int = 256, headBytes: Int = 32 * 1024 * 1024) {
        self.total = total
        self.perAddress = perAddress
        self.headBytes = headBytes
    }
}
