package import Foundation

/// The answer to a login.
package struct LoginAnswer: Codable, Sendable, Hashable {
    package let login: UUID
    package let ticket: String
    /// The subject that it signed in; nil for a failure.
    package let subject: String?
    /// The account; nil for a failure, and for a login without an account.
    package let account: String?
    /// The kind of the failure; nil for a success.
    package let failure: String?

    init(login: UUID, ticket: String, subject: String? = nil, account: String? = nil, failure: String? = nil) {
        self.login = login
        self.ticket = ticket
        self.subject = subject
        self.account = account
        self.failure = failure
    }
}
