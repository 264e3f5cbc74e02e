import StrictJSON

/// A member that contains JSON, as a value or as text: `oauth` and `metadata` come either way.
enum EmbeddedJSON {
    /// Nothing: no member, `null`, an empty text, object or array, or the text of one of these.
    case absent
    /// A value.
    case value(JSONValue)
    /// Text that is not JSON.
    case unreadable(String)

    init(_ member: JSONValue?) {
        guard let text = member?.string else {
            self = member.map(Self.init(value:)) ?? .absent
            return
        }
        // For most texts the first byte shows that there is more than white space.
        guard let first = text.utf8.first, (0x21...0x7E).contains(first) || text.contains(where: { !$0.isWhitespace })
        else {
            self = .absent
            return
        }
        do throws(JSONError) {
            self.init(value: try JSONReader.upstream.read(text.utf8))
        } catch {
            self = .unreadable(text)
        }
    }

    private init(value: JSONValue) {
        let isEmpty =
            switch value {
            case .null: true
            case .string(let text): text.isEmpty
            case .array(let elements): elements.isEmpty
            case .object(let object): object.isEmpty
            case .bool, .number: false
            }
        self = isEmpty ? .absent : .value(value)
    }
}

extension JSONValue {
    /// The whole number, whether written as a number or as decimal text: GenAuth does both with the same member.
    var wholeNumber: Int64? {
        if let number = int64 { return number }
        guard let text = string else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        // `Int64` would accept a plus sign as well.
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    /// The text, or the number as decimal text; nil if there is no value.
    var textOrNumber: String? {
        if let text = string { return text.isEmpty ? nil : text }
        return int64.map { "\($0)" }
    }
}

extension JSONObject {
    /// The text of a member; nil if it is absent, empty or of another type.
    func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }
}
