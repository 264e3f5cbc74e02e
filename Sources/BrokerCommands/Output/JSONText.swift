import FoundationEssentials
import IdentityBroker

/// JSON as the command line writes it: keys sorted, so that the same result is the same text, and what is not printable
/// escaped, since a terminal, or a reader of lines, obeys that.
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
        return escaped(String(decoding: data, as: UTF8.self))
    }

    /// The encoder escapes the control characters of ASCII alone. Line breaks are its own, between members.
    private static func escaped(_ json: String) -> String {
        func isFine(_ scalar: Unicode.Scalar) -> Bool { scalar.isPrintable || scalar == "\n" }
        guard !json.unicodeScalars.allSatisfy(isFine) else { return json }
        return json.unicodeScalars.reduce(into: "") { result, scalar in
            guard !isFine(scalar) else { return result.unicodeScalars.append(scalar) }
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let digits = String(unit, radix: 16)
                result += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
    }
}
