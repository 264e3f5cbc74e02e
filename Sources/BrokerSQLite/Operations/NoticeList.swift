#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Notices as one text: a JSON array, which SQLite's `json_each` can split.
struct NoticeList: Sendable {
    let notices: [String]

    init(_ notices: [String]) {
        self.notices = notices
    }

    init?(text: String) {
        guard let notices = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else { return nil }
        self.notices = notices
    }

    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Any string can be written as JSON, so nothing can fail here.
        return (try? encoder.encode(notices)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}
