public import StrictJSON

/// Writes JSON values, so that they can be read again. It shares no code with the writer of `StrictJSON`.
public enum JSONText {
    /// Which characters of a string are written as escapes.
    public enum Escaping: Sendable {
        /// Those that must be escaped (RFC 8259 §7).
        case necessary
        /// All, as UTF-16 code units.
        case everything
    }

    /// The text of a value without white space.
    public static func writing(_ value: JSONValue, escaping: Escaping = .necessary) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let number): number.literal
        case .string(let text): quoting(text, escaping: escaping)
        case .array(let elements):
            "[\(elements.map { writing($0, escaping: escaping) }.joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { member(of: $0, escaping: escaping) }.joined(separator: ","))}"
        }
    }

    /// The text of a string with its quotation marks.
    public static func quoting(_ text: String, escaping: Escaping = .necessary) -> String {
        var quoted = "\""
        switch escaping {
        case .necessary:
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\": quoted += "\\\(scalar)"
                case "\0"..<" ": quoted += escape(UInt16(scalar.value))
                default: quoted.unicodeScalars.append(scalar)
                }
            }
        case .everything:
            for unit in text.utf16 {
                quoted += escape(unit)
            }
        }
        return quoted + "\""
    }

    private static func member(of member: JSONObject.Member, escaping: Escaping) -> String {
        "\(quoting(member.name, escaping: escaping)):\(writing(member.value, escaping: escaping))"
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
