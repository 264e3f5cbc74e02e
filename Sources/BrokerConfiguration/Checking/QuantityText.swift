/// A whole number followed by a unit.
struct QuantityText {
    /// The amount in the smallest unit.
    let amount: Int

    /// Parses digits without a leading zero and one of the units. Returns nil for anything else, and on overflow.
    init?(_ text: String, units: [String: Int]) {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let factor = units[String(text[digits.endIndex...])], let count = Int(digits),
            digits.count == 1 || digits.first != "0"
        else { return nil }
        let (amount, overflow) = count.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        self.amount = amount
    }
}

/// A duration as written in configuration: `250ms`, `10s`, `5m`, `24h`.
package struct DurationText: Sendable, Hashable {
    /// The duration.
    package let duration: Duration

    /// Parses a whole number directly followed by a unit. Returns nil for anything else, for a duration too long to
    /// count in milliseconds, and for zero unless it is allowed.
    package init?(_ text: String, allowingZero: Bool = false) {
        let units = ["ms": 1, "s": 1000, "m": 60 * 1000, "h": 60 * 60 * 1000]
        guard let milliseconds = QuantityText(text, units: units)?.amount, milliseconds > 0 || allowingZero else {
            return nil
        }
        duration = .milliseconds(milliseconds)
    }
}

extension DurationText {
    /// How to write a duration, for an error message.
    static let hint = "Write a time such as 250ms, 10s, 5m or 24h."
    /// The form of a duration, as a regular expression.
    static let pattern = "^[1-9][0-9]*(ms|s|m|h)$"
    /// The same, including zero.
    static let patternWithZero = "^(0|[1-9][0-9]*)(ms|s|m|h)$"
}

extension Duration {
    /// The duration as written in configuration, in the largest unit without a remainder: a whole number of
    /// milliseconds.
    package var setting: String {
        let milliseconds = Int(self / .milliseconds(1))
        let units = [("h", 60 * 60 * 1000), ("m", 60 * 1000), ("s", 1000)]
        guard milliseconds > 0, let (unit, size) = units.first(where: { milliseconds.isMultiple(of: $0.1) }) else {
            return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
        }
        return "\(milliseconds / size)\(unit)"
    }
}

extension ClosedRange<Duration> {
    /// The range as shown in an error or a description.
    var setting: String {
        lowerBound == .zero ? "at most \(upperBound.setting)" : "\(lowerBound.setting) to \(upperBound.setting)"
    }
}

/// A number of bytes as written in configuration: `512B`, `256KiB`, `1MiB`.
package struct SizeText: Sendable, Hashable {
    /// The number of bytes.
    package let bytes: Int

    /// Parses a whole number directly followed by a unit. Returns nil for anything else, for a size too large to count,
    /// and for zero unless it is allowed.
    package init?(_ text: String, allowingZero: Bool = false) {
        guard let bytes = QuantityText(text, units: ["B": 1, "KiB": 1024, "MiB": 1024 * 1024])?.amount,
            bytes > 0 || allowingZero
        else { return nil }
        self.bytes = bytes
    }
}

extension SizeText {
    /// A number of bytes as written in configuration, in the largest unit without a remainder.
    static func setting(_ bytes: Int) -> String {
        let units = [("MiB", 1024 * 1024), ("KiB", 1024)]
        guard let (unit, size) = units.first(where: { bytes.isMultiple(of: $0.1) }) else { return "\(bytes)B" }
        return "\(bytes / size)\(unit)"
    }

    /// How to write a size, for an error message.
    static let hint = "Write a size such as 512B, 256KiB or 1MiB."
    /// The form of a size, as a regular expression.
    static let pattern = "^[1-9][0-9]*(B|KiB|MiB)$"
}

extension ClosedRange<Int> {
    /// A range of sizes as shown in an error or a description.
    var setting: String { "\(SizeText.setting(lowerBound)) to \(SizeText.setting(upperBound))" }
}
