extension JSONValue: Encodable {
    /// Encodes the value as the same JSON value, for encoders that take `Encodable`. ``json`` is ten times as fast.
    ///
    /// A number that is neither an `Int64`, a `UInt64` nor a finite `Double` becomes a string of its digits.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let object):
            try object.encode(to: encoder)
        case .array(let elements):
            try elements.encode(to: encoder)
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let bool):
            try bool.encode(to: encoder)
        case .number(let number):
            try number.encode(to: encoder)
        case .string(let string):
            try string.encode(to: encoder)
        }
    }
}

extension JSONNumber: Encodable {
    /// Encodes the number as an integer if it is one, otherwise as the nearest `Double`, otherwise as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        // No integer is a negative zero.
        let isNegativeZero = int64 == 0 && literal.hasPrefix("-")
        if let integer = int64, !isNegativeZero {
            try container.encode(integer)
        } else if let integer = UInt64(literal), !isNegativeZero {
            try container.encode(integer)
        } else if let double {
            try container.encode(double)
        } else {
            try container.encode(literal)
        }
    }
}

extension JSONObject: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    /// Encodes the members by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for member in self { try container.encode(member.value, forKey: Name(stringValue: member.name)) }
    }
}
