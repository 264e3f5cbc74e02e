import IdentityBroker

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What a login was answered.
package struct LoginAnswer: Codable, Sendable, Hashable {
    package let login: UUID
    package let ticket: String
    /// Whom it signed in; nil for a failure.
    package let subject: String?
    /// The kind of the failure; nil for a success.
    package let failure: String?

    init(login: UUID, ticket: String, result: Result<Identity, BrokerError>) {
        self.login = login
        self.ticket = ticket
        switch result {
        case .success(let identity): (subject, failure) = (identity.subject, nil)
        case .failure(let error): (subject, failure) = (nil, error.kind.rawValue)
        }
    }
}
