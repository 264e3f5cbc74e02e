package import StrictJSON

/// Another id of the same person, with the scope in which it is unique.
public struct AlternateIdentifier: Sendable, Hashable, Codable {
    /// The type of id in snake case, such as `wechat_openid`.
    public var type: String
    /// The scope in which it is unique, such as a mini program's app id; nil if unknown.
    public var scope: String?
    /// The id.
    public var value: String

    /// Makes an identifier.
    public init(type: String, scope: String? = nil, value: String) {
        self.type = type
        self.scope = scope
        self.value = value
    }

    /// Reads the object that ``members`` makes; nil for anything else.
    init?(_ members: JSONObject) {
        guard let type = members["type"]?.string, let value = members["value"]?.string else { return nil }
        switch members["scope"] {
        case nil, .null: scope = nil
        case .string(let scope): self.scope = scope
        default: return nil
        }
        self.type = type
        self.value = value
    }

    /// The identifier as JSON.
    package var members: JSONObject {
        var members: JSONObject = ["type": .string(type), "value": .string(value)]
        members["scope"] = scope.map(JSONValue.string)
        return members
    }
}

/// Alternate identifiers as text, as stores keep them: a JSON array.
package struct AlternateIdentifierList: Sendable {
    package let identifiers: [AlternateIdentifier]

    /// Whatever was written is read.
    private static let reader = JSONReader(limits: .init(maximumBytes: .max))

    package init(_ identifiers: [AlternateIdentifier]) {
        self.identifiers = identifiers
    }

    /// Parses the form that ``text`` writes; nil for anything else.
    package init?(text: String) {
        guard let list = (try? Self.reader.read(text.utf8))?.array else { return nil }
        identifiers = list.compactMap { $0.object.flatMap(AlternateIdentifier.init) }
        guard identifiers.count == list.count else { return nil }
    }

    package var text: String {
        JSONValue.array(identifiers.map { .object($0.members) }).json
    }
}
