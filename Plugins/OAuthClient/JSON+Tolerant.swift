package import StrictJSON

extension JSONReader {
    /// The reader for upstreams that put raw control characters into people's names.
    package static let upstreamOfNames = JSONReader(
        limits: Limits(maximumBytes: .max, maximumDepth: 32), allowsRawControlCharactersInStrings: true)
}

extension JSONValue {
    /// The whole number, whether written as a number or as decimal text, as some upstreams do with the same member.
    package var wholeNumber: Int64? {
        if let number = int64 { return number }
        guard let text = string else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        // `Int64` would accept a plus sign as well.
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    /// Whether a text in it, at any depth, has a character in place of one that could not be read.
    package var isBroken: Bool {
        switch self {
        case .string(let text): text.isBroken
        case .array(let elements): elements.contains(where: \.isBroken)
        case .object(let members): members.contains { $0.name.isBroken || $0.value.isBroken }
        default: false
        }
    }
}

extension JSONObject {
    /// The text of a member; nil if it is absent, empty or of another type.
    package func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// The text of a member; nil as well if a part of it could not be read.
    package func readableText(_ name: String) -> String? {
        text(name).flatMap { $0.isBroken ? nil : $0 }
    }
}

extension String {
    /// Whether it has a character in place of one that could not be read.
    package var isBroken: Bool { unicodeScalars.contains("\u{FFFD}") }
}
