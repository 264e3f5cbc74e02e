import FoundationEssentials
import IdentityBroker

/// The command line's JSON: with sorted keys, so that the same result is the same text, and with non-printable
/// characters escaped, since a terminal or a line reader would act on them.
enum JSONText {
    /// One line of JSON, unless indented.
    static func encode(_ value: some Encodable, isIndented: Bool = false) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        guard let data = try? encoder.encode(value) else {
            // Only a number without a JSON form could fail, and those are text by now.
            preconditionFailure("a report that cannot be encoded: \(type(of: value))")
        }
        return escaped(String(decoding: data, as: UTF8.self))
    }

    /// The encoder escapes only ASCII control characters. Its own line breaks are between members.
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
