/// Why a connection did not do what it was asked.
package struct PostgresFailure: Error, Sendable {
    /// What happened, on one line, without arguments of statements and without the password.
    package let reason: String
    /// Five characters that say which error (PostgreSQL, "Error Codes"); nil where it is not the server that says it.
    package let code: String?
    /// Whether the transaction can have been committed nevertheless.
    package let mayHaveHappened: Bool

    init(_ reason: String, code: String? = nil, mayHaveHappened: Bool) {
        self.reason = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        self.code = code
        self.mayHaveHappened = mayHaveHappened
    }
}
