import IdentityBroker
import StrictJSON

/// One member of a declaration, from which reading, checking, writing and documentation are made.
struct DeclarationMember<Part: Sendable>: Sendable {
    /// Its key, form, default and documentation.
    let setting: Setting
    /// Reads it, if it is there.
    let read: @Sendable (KeyedDecodingContainer<DeclarationKey>, inout Part) throws -> Void
    /// Its value as data; nil if that is the default.
    let json: @Sendable (Part) -> JSONValue?

    /// Describes a member.
    ///
    /// - Parameters:
    ///   - part: A part in which it has its default.
    ///   - isRequired: Whether it has none.
    init<Value: DeclarationValue>(
        _ key: String,
        _ path: any WritableKeyPath<Part, Value> & Sendable,
        of part: Part,
        isRequired: Bool = false,
        _ documentation: String
    ) {
        let usual = part[keyPath: path]
        setting =
            isRequired
            ? .required(key, Value.form, documentation)
            : .optional(key, Value.form, default: usual.text, documentation)
        read = { container, part in
            let name = DeclarationKey(key)
            if isRequired || container.contains(name) {
                part[keyPath: path] = try container.decode(Value.self, forKey: name)
            }
        }
        json = { part in
            let value = part[keyPath: path]
            return value == usual && !isRequired ? nil : value.json
        }
    }
}

extension DeclarationMember {
    private init(
        setting: Setting,
        read: @escaping @Sendable (KeyedDecodingContainer<DeclarationKey>, inout Part) throws -> Void,
        json: @escaping @Sendable (Part) -> JSONValue?
    ) {
        (self.setting, self.read, self.json) = (setting, read, json)
    }

    /// The same member of a part that has this one inside.
    func member<Whole>(of path: any WritableKeyPath<Whole, Part> & Sendable) -> DeclarationMember<Whole> {
        let (read, json) = (read, json)
        return DeclarationMember<Whole>(
            setting: setting, read: { container, whole in try read(container, &whole[keyPath: path]) },
            json: { json($0[keyPath: path]) })
    }
}

/// The key of a member.
struct DeclarationKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) {
        stringValue = text
    }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
}

/// What a member of a declaration can be.
protocol DeclarationValue: Decodable, Sendable, Hashable {
    /// Its form in configuration.
    static var form: Setting.Form { get }
    /// It as data.
    var json: JSONValue { get }
    /// It as a default in documentation; nil if there is nothing to show.
    var text: String? { get }
}

/// A mapping in a declaration, by its members.
protocol DeclarationPart: DeclarationValue {
    /// All members with their defaults.
    init()

    static var members: [DeclarationMember<Self>] { get }

    /// What the members contradict each other in, by the key of the one to change; nil if nothing.
    var fault: (key: String, message: String)? { get }
}

extension DeclarationPart {
    static var form: Setting.Form { .object(members.map(\.setting)) }

    var object: JSONObject {
        JSONObject(Self.members.compactMap { member in member.json(self).map { (member.setting.key, $0) } })
    }

    var json: JSONValue { .object(object) }
    var text: String? { nil }
    var fault: (key: String, message: String)? { nil }

    init(from decoder: any Decoder) throws {
        self = try Self.read(from: decoder)
    }

    /// - Throws: `DecodingError` at the member that is wrong.
    static func read(from decoder: any Decoder) throws -> Self {
        let container = try decoder.container(keyedBy: DeclarationKey.self)
        let known = Set(members.map(\.setting.key))
        if let key = container.allKeys.first(where: { !known.contains($0.stringValue) }) {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container, debugDescription: "A declaration has no such member.")
        }
        var part = Self()
        for member in members { try member.read(container, &part) }
        if let fault = part.fault {
            throw DecodingError.dataCorruptedError(
                forKey: DeclarationKey(fault.key), in: container, debugDescription: fault.message)
        }
        return part
    }
}
