/// How many connections a listener holds at once.
public struct ConnectionCapacity: Sendable, Hashable {
    /// How many in all. Fewer are held where the process's limit on open files leaves less room.
    public var total: Int
    /// How many from one address, or one IPv6 network of 64 bits. Trusted proxies are exempt.
    public var perAddress: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - total: At least 1.
    ///   - perAddress: At least 1.
    public init(total: Int = 10_000, perAddress: Int = 256) {
        self.total = total
        self.perAddress = perAddress
    }
}
