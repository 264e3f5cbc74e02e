import Foundation
import Testing

/// A JSON value that tests write as a literal, for the upstream to send. It shares no code with the reader.
enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// This value as JSON text within JSON.
    var embedded: JSON {
        get throws { .string(try text) }
    }

    /// The object with these members inserted or, for nil, removed.
    func with(_ members: [String: JSON?]) -> JSON {
        guard case .object(var object) = self else { return self }
        for (name, value) in members {
            object[name] = value
        }
        return .object(object)
    }
}

extension JSON: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    init(stringLiteral literal: String) { self = .string(literal) }
    init(integerLiteral literal: Int) { self = .number(Double(literal)) }
    init(floatLiteral literal: Double) { self = .number(literal) }
}

extension JSON: ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(booleanLiteral literal: Bool) { self = .bool(literal) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, JSON)...) { self = .object(Dictionary(uniqueKeysWithValues: members)) }
}

/// A file of this module's `Fixtures`.
enum Fixture: String {
    case documentedRecord = "documented-record"
    case documentedIdentity = "documented-identity"

    var text: String {
        get throws {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/\(rawValue)", withExtension: "json"))
            return String(decoding: try Data(contentsOf: url), as: UTF8.self)
        }
    }
}
