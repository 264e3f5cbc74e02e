package import Foundation

/// What a login was answered.
package struct LoginAnswer: Codable, Sendable, Hashable {
    package let login: UUID
    package let ticket: String
    /// Whom it signed in; nil for a failure.
    package let subject: String?
    /// The account that it led to; nil for a failure, and for a login that is to lead to none.
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
