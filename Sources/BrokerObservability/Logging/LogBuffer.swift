/// A bounded buffer of log lines that wait to be written. Lines that do not fit are dropped and counted.
struct LogBuffer: Sendable {
    /// Lines to write in one go.
    struct Load: Sendable {
        var bytes: [UInt8] = []
        var lines = 0
        /// The number of lines that came after these and were dropped.
        var dropped = 0
    }

    private let capacity: Int
    private var waiting = Load()
    private var isBeingWritten = false

    /// - Parameter capacity: The number of bytes that may wait.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds a line.
    ///
    /// - Returns: Whether there was room, and whether a writer must be started.
    mutating func add(_ line: [UInt8]) -> (isTaken: Bool, wantsWriter: Bool) {
        // Once a line is dropped, no other is taken until the writer has emptied the buffer, so that there is one gap.
        guard waiting.dropped == 0, waiting.bytes.count + line.count <= capacity else {
            waiting.dropped += 1
            return (false, false)
        }
        waiting.bytes += line
        waiting.lines += 1
        defer { isBeingWritten = true }
        return (true, !isBeingWritten)
    }

    /// What to write next; nil if nothing waits and the writer may stop.
    mutating func next() -> Load? {
        guard waiting.lines > 0 || waiting.dropped > 0 else {
            isBeingWritten = false
            return nil
        }
        defer { waiting = Load() }
        return waiting
    }
}
