package import StrictJSON

extension JSONReader {
    /// The reader for upstreams whose names contain raw control characters. The transport has already refused what is longer
    /// than the instance's `responseSize`.
    package static let allowingRawControlCharacters = JSONReader(
        limits: Limits(maximumBytes: .max, maximumDepth: 32), allowsRawControlCharactersInStrings: true)
}

extension JSONValue {
    /// The whole number, whether written as a number or as decimal text: some upstreams do both with the same member.
    package var wholeNumber: Int64? {
        if let number = int64 { return number }
        guard let text = string else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        // `Int64` would accept a plus sign as well.
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}

extension JSONObject {
    /// The text of a member; nil if it is absent, empty or of another type.
    package func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }
}
