/// A number of bytes as configuration writes it: `512B`, `256KiB`, `1MiB`.
package struct SizeText: Sendable, Hashable {
    /// The number of bytes.
    package let bytes: Int

    /// Reads a whole number and a unit with nothing between them. Returns nil for anything else, a size too large to
    /// count among it, and for zero unless it is allowed.
    package init?(_ text: String, allowingZero: Bool = false) {
        guard let bytes = QuantityText(text, units: ["B": 1, "KiB": 1024, "MiB": 1024 * 1024])?.amount,
            bytes > 0 || allowingZero
        else { return nil }
        self.bytes = bytes
    }
}

extension SizeText {
    /// A number of bytes as configuration writes it, in the largest unit that leaves no rest.
    static func setting(_ bytes: Int) -> String {
        let units = [("MiB", 1024 * 1024), ("KiB", 1024)]
        guard let (unit, size) = units.first(where: { bytes.isMultiple(of: $0.1) }) else { return "\(bytes)B" }
        return "\(bytes / size)\(unit)"
    }

    /// How to write a size, for an error.
    static let hint = "Write a size such as 512B, 256KiB or 1MiB."
    /// What a size looks like, as a regular expression.
    static let pattern = "^[1-9][0-9]*(B|KiB|MiB)$"
}

extension ClosedRange<Int> {
    /// A range of sizes as an error, or a description, gives it.
    var setting: String { "\(SizeText.setting(lowerBound)) to \(SizeText.setting(upperBound))" }
}
