/// Text that WeChat has cut off inside a character.
enum BrokenText {
    /// What stands for half a character in text of the sandbox's own, as it does in whatever reads that half as text.
    static let mark = "\u{FFFD}"

    /// The first two of the three bytes of U+5C0F (小).
    private static let half: [UInt8] = [0xE5, 0xB0]

    /// The text as it is in an answer, which is then no UTF-8.
    static func bytes(of text: String) -> [UInt8] {
        let parts = Array(text.utf8).split(separator: Array(mark.utf8), omittingEmptySubsequences: false)
        return Array(parts.joined(separator: half))
    }

    /// JSON as a mini program gets it, with half of an emoji's surrogate pair: it is encrypted, and what decrypts to no UTF-8
    /// looks like data that was tampered with.
    static func escaped(_ json: String) -> String { json.replacing(mark, with: #"\ud83d"#) }
}
