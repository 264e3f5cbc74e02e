/// Text that WeChat has cut off inside a character, so that it is no UTF-8.
enum BrokenText {
    /// What stands for half a character in text of the sandbox's own, as it does in whatever reads that half as text.
    static let mark = "\u{FFFD}"

    /// The first two of the three bytes of U+5C0F (小).
    private static let half: [UInt8] = [0xE5, 0xB0]

    /// The text as it is on the wire.
    static func bytes(of text: String) -> [UInt8] {
        let parts = Array(text.utf8).split(separator: Array(mark.utf8), omittingEmptySubsequences: false)
        return Array(parts.joined(separator: half))
    }
}
