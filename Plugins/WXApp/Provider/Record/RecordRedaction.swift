import IdentityBroker
import StrictJSON

/// The record for callers that ask for it: without passwords, keys and tokens, at any depth.
///
/// Text that is JSON is decoded and searched as well. A member that should contain JSON but cannot be read cannot be
/// searched either, and is omitted.
enum RecordRedaction {
    private static let namesOfJSON = ["oauth", "metadata", "customData"]
    private static let secretEndings = [
        "token", "tokens", "jwt", "sessionkey", "apikey", "privatekey", "passwd", "pwd", "salt",
    ].map { Array($0.utf8) }
    private static let separators = Array("_-".utf8)
    private static let secretWords = ["password", "secret"].map { Array($0.utf8) }

    static func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number(let number): normalized(number)
        case .string(let text): decoded(text).map(redacted) ?? .string(text)
        case .array(let elements): .array(elements.map(redacted))
        case .object(let object): .object(redacted(object))
        }
    }

    private static func redacted(_ object: JSONObject) -> JSONObject {
        var members: [(String, JSONValue)] = []
        for member in object where !isSecret(member.name) {
            if namesOfJSON.contains(member.name), case .unreadable = EmbeddedJSON(member.value) { continue }
            members.append((member.name, redacted(member.value)))
        }
        return JSONObject(members)
    }

    /// The array or object that a JSON text encodes.
    private static func decoded(_ text: String) -> JSONValue? {
        // Text that is not JSON is not parsed; most texts are not.
        let first = text.utf8.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        return try? JSONReader.upstream.read(text.utf8)
    }

    /// An integer or the nearest `Double`, in one spelling, since most readers know no others; else the digits as text.
    private static func normalized(_ number: JSONNumber) -> JSONValue {
        if let integer = number.int64 { return .integer(integer) }
        return number.double.map(JSONValue.double) ?? .string(number.literal)
    }

    /// Whether a member of this name contains a secret, however the name is written: `session_key`, `sessionKey`,
    /// `access_token`. `tokenExpiredAt` does not.
    private static func isSecret(_ name: String) -> Bool {
        var letters: [UInt8] = []
        letters.reserveCapacity(name.utf8.count)
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        for byte in (isASCII ? name : name.lowercased()).utf8 where !separators.contains(byte) {
            letters.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
        return secretEndings.contains { $0.last == letters.last && letters.suffix($0.count) == $0[...] }
            || secretWords.contains { word in
                letters.indices.contains { letters[$0] == word[0] && letters[$0...].starts(with: word) }
            }
    }
}
