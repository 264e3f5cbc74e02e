import Logging

extension JSONLine {
    /// How deeply nested metadata is followed.
    private static let maximumDepth = 8

    /// Adds metadata sorted by key, nested values under their path: `a.b`, `a.0`.
    mutating func add(_ metadata: Logger.Metadata) {
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where !isFull { add(key, value, depth: 1) }
    }

    private mutating func add(_ key: String, _ value: Logger.MetadataValue, depth: Int) {
        switch value {
        case .string(let text):
            add(key, text)
        case .stringConvertible(let value):
            if let literal = Self.literal(value) { add(key, json: literal) } else { add(key, value.description) }
        case .dictionary, .array:
            guard depth < Self.maximumDepth else { return truncate() }
            for (name, member) in value.members where !isFull { add("\(key).\(name)", member, depth: depth + 1) }
        }
    }

    /// Numbers and Booleans as JSON literals.
    private static func literal(_ value: any CustomStringConvertible) -> [UInt8]? {
        switch value {
        case let value as any BinaryInteger: Array("\(value)".utf8)
        case let value as Bool: Array("\(value)".utf8)
        case let value as Double where value.isFinite: Array("\(value)".utf8)
        default: nil
        }
    }
}

extension Logger.MetadataValue {
    /// The values nested in this one, in order.
    fileprivate var members: [(name: String, value: Logger.MetadataValue)] {
        switch self {
        case .string, .stringConvertible: []
        case .dictionary(let members): members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        case .array(let values): values.enumerated().map { ("\($0.offset)", $0.element) }
        }
    }
}
