import FoundationEssentials

/// JSON as the command line writes it: keys sorted, so that the same result is the same text.
enum JSONText {
    /// One line of JSON, unless it is to be indented.
    static func encode(_ value: some Encodable, isIndented: Bool = false) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        guard let data = try? encoder.encode(value) else {
            // Only a number that JSON has no form for could fail, and those are text now.
            preconditionFailure("a report that cannot be encoded: \(type(of: value))")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
