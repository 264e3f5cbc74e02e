/// An upstream's error code: what of its texts an error may repeat.
enum UpstreamCode {
    /// Whether the text is a code and nothing else: short words or a number, which neither a token nor a phone number is.
    static func isPlain(_ text: String) -> Bool {
        isNumber(text) || isWords(text)
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return (1...7).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isWords(_ text: String) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        return text.utf8.split(omittingEmptySubsequences: false) { "_.-".utf8.contains($0) }.allSatisfy { word in
            (1...24).contains(word.count) && word.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
        }
    }
}
