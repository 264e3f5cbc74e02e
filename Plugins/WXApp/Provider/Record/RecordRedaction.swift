import IdentityBroker
import StrictJSON

/// A record as it is handed to who asks for it: without passwords, keys and tokens, at any depth.
///
/// Text that is JSON is decoded and searched as well. What is known to hold JSON and cannot be read cannot be searched
/// either, and is left out.
enum RecordRedaction {
    private static let namesOfJSON = ["oauth", "metadata", "customData"]
    private static let secretEndings = [
        "token", "tokens", "jwt", "sessionkey", "apikey", "privatekey", "passwd", "pwd", "salt",
    ]

    static func redacted(_ value: JSONValue) -> AttributeValue {
        switch value {
        case .null: .null
        case .bool(let flag): .boolean(flag)
        case .number(let number): attribute(number)
        case .string(let text): decoded(text).map(redacted) ?? .string(text)
        case .array(let elements): .array(elements.map(redacted))
        case .object(let object): .object(redactedMembers(of: object))
        }
    }

    private static func redactedMembers(of object: JSONObject) -> [String: AttributeValue] {
        var members: [String: AttributeValue] = [:]
        for member in object where !isSecret(member.name) {
            if namesOfJSON.contains(member.name), case .unreadable = EmbeddedJSON(member.value) { continue }
            members[member.name] = redacted(member.value)
        }
        return members
    }

    /// The array or object that a text is the JSON of.
    private static func decoded(_ text: String) -> JSONValue? {
        guard let first = text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" else { return nil }
        return try? JSONReader.upstream.read(text.utf8)
    }

    private static func attribute(_ number: JSONNumber) -> AttributeValue {
        if let integer = number.int64 { return .integer(integer) }
        return number.double.map(AttributeValue.number) ?? .string(number.literal)
    }

    /// Whether a member of this name holds a secret, however it is spelt: `session_key`, `sessionKey`, `access_token`.
    /// `tokenExpiredAt` does not.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return secretEndings.contains(where: name.hasSuffix) || ["password", "secret"].contains(where: name.contains)
    }
}
