extension JSONValue {
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
