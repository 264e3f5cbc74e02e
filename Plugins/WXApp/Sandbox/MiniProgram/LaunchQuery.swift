import Foundation

/// The query that an app launches the mini program with.
struct LaunchQuery {
    private let items: [String: String]

    /// Reads a launch path such as `/routes/explore?userPoolId=…`, or its query alone. If a name is repeated, the last
    /// value is used.
    init(_ launchPath: String) {
        let query = launchPath.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        let items = URLComponents(string: "?\(query)")?.queryItems ?? []
        self.items = Dictionary(items.map { ($0.name, $0.value ?? "") }) { _, last in last }
    }

    subscript(name: String) -> String? {
        items[name]
    }

    var userPoolId: String? { items["userPoolId"] }
    var asksForPhone: Bool { items["getPhone"] == "1" }
    var isFromApp: Bool { items["fromApp"] == "1" }
}
