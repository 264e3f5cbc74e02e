/// What a ``RawClient`` has read.
struct RawReading: Sendable {
    var bytes: [UInt8] = []
    var end: ConnectionEnd?

    /// Records how the connection ended; the first record is the cause, later ones are its consequence.
    mutating func finish(_ end: ConnectionEnd) {
        self.end = self.end ?? end
    }
}
