/// A value of an upstream's own that no standard claim covers.
public indirect enum AttributeValue: Sendable, Hashable {
    /// Nothing.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// Text.
    case string(String)
    /// A list.
    case array([AttributeValue])
    /// Values by name.
    case object([String: AttributeValue])
}

extension AttributeValue: ExpressibleByStringLiteral {
    /// Text written in source code.
    public init(stringLiteral literal: String) {
        self = .string(literal)
    }
}

extension AttributeValue: Encodable {
    /// Encodes the value as the JSON value of the same sort; a number that JSON has not, such as infinity, as null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value) where value.isFinite: try container.encode(value)
        case .number: try container.encodeNil()
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }
}
