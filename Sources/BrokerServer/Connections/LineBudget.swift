/// Limits log lines of one kind to the first ones of each second. The others are counted.
struct LineBudget: Sendable, Hashable {
    private let linesPerSecond: Int
    private var second: Int64 = -1
    private var written = 0
    private var unwritten = 0

    init(linesPerSecond: Int) {
        self.linesPerSecond = linesPerSecond
    }

    /// Whether a line may be written now.
    ///
    /// - Parameter now: The time since any fixed instant.
    mutating func take(at now: Duration) -> Bool {
        if now.components.seconds != second {
            second = now.components.seconds
            written = 0
        }
        guard written < linesPerSecond else {
            unwritten += 1
            return false
        }
        written += 1
        return true
    }

    /// How many lines were not written since the last call.
    mutating func takeUnwritten() -> Int {
        defer { unwritten = 0 }
        return unwritten
    }
}
