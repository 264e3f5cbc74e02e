/// A table of texts.
struct MarkdownTable {
    private let head: [String]
    private let rows: [[String]]

    init(_ head: [String], _ rows: [[String]]) {
        self.head = head
        self.rows = rows
    }

    var text: String {
        let rule = head.indices.map { $0 == 0 ? "---" : "---:" }
        return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
