import IdentityBroker

/// Lines with a name and a value each, aligned under headings, safe to print on a terminal.
struct TextTable {
    private enum Line {
        case heading(String)
        case text(String)
        case row(name: String, value: String)
    }

    private var lines: [Line] = []

    /// Adds a heading; rows after it are indented under it.
    mutating func heading(_ text: String) {
        lines.append(.heading(text))
    }

    /// Adds a line that is never folded, such as a command to copy.
    mutating func text(_ text: String) {
        lines.append(.text(text))
    }

    /// Adds a row, unless there is no value.
    mutating func row(_ name: String, _ value: String?) {
        guard let value else { return }
        lines.append(.row(name: name, value: value))
    }

    /// The lines as text.
    func rendered(in style: TextStyle) -> String {
        let nameWidth =
            lines.map { line in
                if case .row(let name, _) = line { name.printable.columns } else { 0 }
            }.max() ?? 0
        return lines.map { line in
            switch line {
            case .heading(let text):
                return style.heading(text.printable)
            case .text(let text):
                return "  " + text.printable
            case .row(let name, let value):
                let name = name.printable
                let label = name + String(repeating: " ", count: nameWidth - name.columns)
                let indent = nameWidth + 4
                let folded = value.printable.folded(at: style.width.map { $0 - indent })
                let continuation = "\n" + String(repeating: " ", count: indent)
                return "  " + style.label(label) + "  " + folded.joined(separator: continuation)
            }
        }.joined(separator: "\n")
    }
}

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
