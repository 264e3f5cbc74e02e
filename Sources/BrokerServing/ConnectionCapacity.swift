/// How many connections a listener holds at once.
public struct ConnectionCapacity: Sendable, Hashable {
    /// The maximum in total. Fewer are held if the process's limit on open files requires it.
    public var total: Int
    /// The maximum from one address, or one IPv6 /64. Trusted proxies are exempt.
    public var perAddress: Int
    /// The maximum number of bytes of incomplete request heads, on all connections together.
    public var headBytes: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - total: At least 1.
    ///   - perAddress: At least 1.
    ///   - headBytes: At least the maximum for one head, 48 KiB.
    public init(total: Int = 10_000, perAddress: Int = 256, headBytes: Int = 32 * 1024 * 1024) {
        self.total = total
        self.perAddress = perAddress
        self.headBytes = headBytes
    }
}
