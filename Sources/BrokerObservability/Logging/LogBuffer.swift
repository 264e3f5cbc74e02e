/// Log lines that wait to be written, within a bound. What finds no room is dropped and counted.
struct LogBuffer: Sendable {
    /// What is to be written in one go.
    struct Load: Sendable {
        var bytes: [UInt8] = []
        var lines = 0
        /// How many lines came after these and were dropped.
        var dropped = 0
    }

    private let capacity: Int
    private var waiting = Load()
    private var isBeingWritten = false

    /// - Parameter capacity: How many bytes may wait.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Takes a line.
    ///
    /// - Returns: Whether there was room, and whether a writer must be started.
    mutating func add(_ line: [UInt8]) -> (isTaken: Bool, wantsWriter: Bool) {
        // Once a line is dropped none is taken before the writer comes round, so that the gap has one place.
        guard waiting.dropped == 0, waiting.bytes.count + line.count <= capacity else {
            waiting.dropped += 1
            return (false, false)
        }
        waiting.bytes += line
        waiting.lines += 1
        defer { isBeingWritten = true }
        return (true, !isBeingWritten)
    }

    /// What the writer writes next; nil if nothing waits, and the writer may go.
    mutating func next() -> Load? {
        guard waiting.lines > 0 || waiting.dropped > 0 else {
            isBeingWritten = false
            return nil
        }
        defer { waiting = Load() }
        return waiting
    }
}
