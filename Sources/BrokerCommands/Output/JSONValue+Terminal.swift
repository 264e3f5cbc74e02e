import IdentityBroker
import StrictJSON

extension JSONValue {
    /// The value as one line of JSON, with what is not printable escaped: a terminal, or a reader of lines, obeys that.
    var terminalJSON: String { json.escapingUnprintables }

    /// The same as lines that are indented.
    var indentedTerminalJSON: String { indentedJSON.escapingUnprintables }
}

extension JSONObject {
    /// The object as one line of JSON, with what is not printable escaped.
    var terminalJSON: String { JSONValue.object(self).terminalJSON }
}

extension String {
    /// JSON with all its unprintable characters escaped, of which only strings have any, but for the writer's own line
    /// breaks.
    fileprivate var escapingUnprintables: String {
        func isFine(_ scalar: Unicode.Scalar) -> Bool { scalar.isPrintable || scalar == "\n" }
        guard !unicodeScalars.allSatisfy(isFine) else { return self }
        return unicodeScalars.reduce(into: "") { result, scalar in
            guard !isFine(scalar) else { return result.unicodeScalars.append(scalar) }
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let digits = String(unit, radix: 16)
                result += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
    }
}
