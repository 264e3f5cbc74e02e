/// All the rules of a conformance kit that do not hold.
public struct ConformanceFailures: Error, Sendable, Hashable, CustomStringConvertible {
    /// The failures, in the order of the kit's rules; at least one.
    public let failures: [ConformanceFailure]

    init(_ failures: [ConformanceFailure]) {
        self.failures = failures
    }

    /// Every failure, one after another.
    public var description: String {
        let count = failures.count == 1 ? "1 rule does not hold." : "\(failures.count) rules do not hold."
        return ([count] + failures.map(\.description)).joined(separator: "\n\n")
    }
}
