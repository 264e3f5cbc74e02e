import IdentityBroker

extension String {
    /// The text as a YAML scalar that is read as this text, on one line and in every place: plain words as they are, and
    /// anything else in double quotes (YAML 1.2.2 §7.3.1).
    package var yamlScalar: String {
        let isPlain = wholeMatch(of: /[A-Za-z\/]([A-Za-z0-9_.\/ -]*[A-Za-z0-9_.\/-])?/) != nil
        let isWord = isPlain && !Self.yamlWords.contains(lowercased())
        return isWord ? self : "\"\(unicodeScalars.reduce(into: "") { $0 += $1.yamlEscaped })\""
    }

    /// Words that some reader of YAML takes for null or a Boolean.
    private static let yamlWords: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
}

extension Unicode.Scalar {
    /// The scalar within double quotes (YAML 1.2.2 §5.7).
    fileprivate var yamlEscaped: String {
        if self == "\"" || self == "\\" { return "\\\(self)" }
        // YAML allows no noncharacters.
        guard !isPrintable || properties.isNoncharacterCodePoint else { return String(self) }
        let digits = String(value, radix: 16)
        let length = value > 0xFFFF ? 8 : 4
        return (length == 8 ? #"\U"# : #"\u"#) + String(repeating: "0", count: length - digits.count) + digits
    }
}
