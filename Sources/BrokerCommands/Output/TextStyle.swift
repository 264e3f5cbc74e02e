/// How text is formatted for people.
struct TextStyle: Sendable, Hashable {
    /// Whether colors and weights may be used.
    var isColored: Bool
    /// The column at which lines are folded; nil for no folding.
    var width: Int?

    /// Neither colored nor folded: for a pipe or a file.
    static let plain = TextStyle(isColored: false, width: nil)

    func heading(_ text: String) -> String {
        isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    func label(_ text: String) -> String {
        isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }
}
