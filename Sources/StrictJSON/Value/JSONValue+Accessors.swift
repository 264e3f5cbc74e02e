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
}
