/// What a ``RawClient`` has read.
struct RawReading: Sendable {
    var bytes: [UInt8] = []
    var end: ConnectionEnd?

    /// Notes how the connection ended; what was noted first is the cause, the rest its consequence.
    mutating func finish(_ end: ConnectionEnd) {
        self.end = self.end ?? end
    }
}
