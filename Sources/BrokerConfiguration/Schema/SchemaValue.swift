/// A JSON value, as used in a schema.
indirect enum SchemaValue: Sendable, Hashable {
    case boolean(Bool)
    case integer(Int)
    case string(String)
    case array([SchemaValue])
    case object([String: SchemaValue])
}

extension SchemaValue: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .boolean(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}

extension SchemaValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(booleanLiteral flag: Bool) { self = .boolean(flag) }
    init(integerLiteral number: Int) { self = .integer(number) }
    init(stringLiteral text: String) { self = .string(text) }
    init(arrayLiteral elements: SchemaValue...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, SchemaValue)...) {
        self = .object(Dictionary(members) { _, last in last })
    }
}

extension SchemaValue {
    /// The same schema with more keywords; those given take precedence.
    func adding(_ keywords: [String: SchemaValue]) -> SchemaValue {
        guard case .object(let members) = self else { return self }
        return .object(members.merging(keywords) { _, added in added })
    }
}
