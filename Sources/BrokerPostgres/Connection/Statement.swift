/// An SQL statement with its arguments, each as text or nil for NULL.
package struct Statement: Sendable {
    let sql: String
    let arguments: [String?]

    /// - Parameter arguments: The values of `$1` and so on, without NUL characters.
    package init(_ sql: String, _ arguments: [String?] = []) {
        self.sql = sql
        self.arguments = arguments
    }

    /// Whether it commits a transaction.
    var isCommit: Bool { sql == "COMMIT" }
}
