import StrictJSON

/// Notices as one text: a JSON array, which SQLite's `json_each` can split.
struct NoticeList: Sendable {
    let notices: [String]

    /// Whatever was written is read.
    private static let reader = JSONReader(limits: .init(maximumBytes: .max))

    init(_ notices: [String]) {
        self.notices = notices
    }

    init?(text: String) {
        guard let notices = (try? Self.reader.read(text.utf8))?.strings else { return nil }
        self.notices = notices
    }

    var text: String { JSONValue.strings(notices).json }
}
