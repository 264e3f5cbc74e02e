/// One JSON value (RFC 8259 §3), as the document writes it.
///
/// Two values are equal when they are written with the same scalars, digits and order of members: neither Unicode
/// normalization (`"é"` composed and decomposed differ) nor arithmetic (`1` and `1.0` differ) is applied.
public enum JSONValue: Sendable {
    /// The literal `null`.
    case null
    /// The literal `true` or `false`.
    case bool(Bool)
    /// A number, with the digits it was written with.
    case number(JSONNumber)
    /// A string, its escapes decoded.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)
}

extension JSONValue: Equatable {
    /// Whether both sides were written with the same scalars, digits and order of members.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isIdentical(to: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The kind and size of the value and never its content, so that string interpolation cannot put a record with
    /// secrets into a log or an error message.
    public var description: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): number.description
        case .string(let string): "string of \(string.utf8.count) bytes"
        case .array(let elements): "array of \(elements.count) elements"
        case .object(let object): object.description
        }
    }
}
