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
