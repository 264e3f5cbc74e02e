/// One JSON value (RFC 8259 §3): read by a ``JSONReader``, or made by a program.
///
/// ```swift
/// let value: JSONValue = ["name": "Ada", "logins": 3, "tags": ["a", "b"], "manager": .null]
/// value["name"]?.string        // "Ada"
/// value.json                   // {"logins":3,"manager":null,"name":"Ada","tags":["a","b"]}
/// ```
///
/// Two values are equal when they are written with the same scalars and digits: neither Unicode normalization (`"é"`
/// composed and decomposed differ) nor arithmetic (`1` and `1.0` differ) is applied. The order of an object's members
/// means nothing.
public enum JSONValue: Sendable {
    /// The literal `null`.
    case null
    /// The literal `true` or `false`.
    case bool(Bool)
    /// A number, with its digits. Make one with ``integer(_:)`` or ``double(_:)``.
    case number(JSONNumber)
    /// A string, its escapes decoded.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)
}

extension JSONValue: Hashable {
    /// Whether both sides are written with the same scalars and digits.
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

    /// Hashes the kind and the content.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null:
            hasher.combine(0)
        case .bool(let bool):
            hasher.combine(1)
            hasher.combine(bool)
        case .number(let number):
            hasher.combine(2)
            hasher.combine(number)
        case .string(let string):
            hasher.combine(3)
            hasher.combine(string)
        case .array(let elements):
            hasher.combine(4)
            hasher.combine(elements)
        case .object(let object):
            hasher.combine(5)
            hasher.combine(object)
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The kind and size of the value and never its content, so that string interpolation cannot put a record with
    /// secrets into a log or an error message. ``json`` is the content.
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
