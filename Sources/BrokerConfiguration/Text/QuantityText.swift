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
