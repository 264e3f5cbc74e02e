import IdentityBroker

extension Setting.Form {
    /// The expected value, in words.
    var expectation: String {
        switch self {
        case .text: "text"
        case .url: "a URL"
        case .path: "the path of a file"
        case .secret: "a reference to a secret"
        case .boolean: "true or false"
        case .integer(let range): Self.expectation(of: range)
        case .duration, .durationOrZero: "a time"
        case .size: "a size"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .object: "a mapping"
        case .list: "a list such as [a, b]"
        }
    }

    private static func expectation(of range: ClosedRange<Int>) -> String {
        guard range.lowerBound < range.upperBound else { return "the number \(range.lowerBound)" }
        return switch (range.lowerBound, range.upperBound) {
        case (.min, .max): "a whole number"
        case (let least, .max): "a whole number of at least \(least)"
        case (.min, let most): "a whole number of at most \(most)"
        case (let least, let most): "a whole number from \(least) to \(most)"
        }
    }
}
