import HTTPTypes

/// Header fields that a declaration adds.
enum HeaderText {
    /// The fields that the broker sets, and those that would redirect a request or bring credentials along.
    private static let ownNames: Set = [
        "authorization", "connection", "content-length", "content-type", "cookie", "expect", "host", "keep-alive",
        "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    ]

    /// What is wrong with fields; nil if nothing.
    static func fault(in headers: [String: String]) -> String? {
        var names: Set<String> = []
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard names.insert(name.lowercased()).inserted else {
                return "headers has \(name) twice: header field names are case-insensitive."
            }
            guard HTTPField.Name(name) != nil, HTTPField.isValidValue(value) else {
                return HTTPField.Name(name) == nil
                    ? "headers has a name that no header field can have."
                    : "headers.\(name) has a value that no header field can have."
            }
            guard !ownNames.contains(name.lowercased()) else {
                return
                    "headers.\(name) is not allowed: the broker sets it, or it changes where or as whom a request is sent."
            }
        }
        return nil
    }

    /// The fields.
    static func fields(_ headers: [String: String]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }
}
