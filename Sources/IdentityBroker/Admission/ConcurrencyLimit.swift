/// How many logins are under way at once, and how many may be.
struct ConcurrencyLimit: Sendable {
    private let maximum: Int
    private(set) var current = 0

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Counts one in if there is room.
    mutating func enter() -> Bool {
        guard current < maximum else { return false }
        current += 1
        return true
    }

    mutating func leave() {
        precondition(current > 0, "a login that never entered cannot leave")
        current -= 1
    }
}
