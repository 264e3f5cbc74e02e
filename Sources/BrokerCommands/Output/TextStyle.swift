/// How text is laid out for people.
struct TextStyle: Sendable, Hashable {
    /// Whether colours and weights may be used.
    var isColoured: Bool
    /// At how many columns lines are folded; nil for not at all.
    var width: Int?

    /// Neither coloured nor folded: for a pipe or a file.
    static let plain = TextStyle(isColoured: false, width: nil)

    func heading(_ text: String) -> String {
        isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    func label(_ text: String) -> String {
        isColoured ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }
}
