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

extension JSONValue {
    /// Whether this is the literal `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The boolean, or `nil` for a value of another kind.
    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The number, or `nil` for a value of another kind.
    public var number: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The exact integer, or `nil` for a value of another kind, a fraction or a number out of range.
    public var int64: Int64? {
        number?.int64
    }

    /// The nearest `Double`, or `nil` for a value of another kind or a number out of range.
    public var double: Double? {
        number?.double
    }

    /// The string, or `nil` for a value of another kind.
    public var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The elements of the array, or `nil` for a value of another kind.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The elements of an array of strings, or `nil` for anything else.
    public var strings: [String]? {
        guard let elements = array else { return nil }
        let strings = elements.compactMap(\.string)
        return strings.count == elements.count ? strings : nil
    }

    /// The object, or `nil` for a value of another kind.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The value of the object's member of that name; `nil` if there is none or this is not an object.
    ///
    /// A member that is present and `null` is `.null`, which is not `nil`.
    public subscript(name: String) -> JSONValue? {
        object?[name]
    }

    /// An integer, with all its digits.
    public static func integer(_ value: some BinaryInteger) -> JSONValue {
        .number(JSONNumber(value))
    }

    /// A number, as the shortest text that reads as the same number; ``null`` for infinity and NaN, which JSON lacks.
    public static func double(_ value: Double) -> JSONValue {
        JSONNumber(value).map(JSONValue.number) ?? .null
    }

    /// An array of strings.
    public static func strings(_ strings: some Sequence<String>) -> JSONValue {
        .array(strings.map(JSONValue.string))
    }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// True or false, written in source code.
    public init(booleanLiteral literal: Bool) { self = .bool(literal) }

    /// An integer, written in source code.
    public init(integerLiteral literal: Int64) { self = .integer(literal) }

    /// A number, written in source code.
    public init(floatLiteral literal: Double) { self = .double(literal) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A string, written in source code.
    public init(stringLiteral literal: String) { self = .string(literal) }

    /// An array, written in source code.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object, written in source code. If a name is repeated, the last member wins.
    public init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(JSONObject(members)) }
}

extension JSONValue {
    /// The same value without the document that it was read from.
    var detached: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let elements): .array(elements.map(\.detached))
        case .object(let object): .object(object.detached)
        }
    }
}
