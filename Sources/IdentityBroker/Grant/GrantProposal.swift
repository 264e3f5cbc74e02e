public import Foundation

/// The grant to open once its login has succeeded.
public struct GrantProposal: Sendable, Hashable {
    /// The grant's own id.
    public let id: UUID
    /// The client that gets the tokens.
    public let client: String
    /// When the grant expires at the latest.
    public let expiry: Date
    /// What the tokens are about, and the digests of those that can be presented. Stores keep it unchanged.
    public let details: String

    /// Makes a proposal.
    public init(id: UUID, client: String, expiry: Date, details: String) {
        self.id = id
        self.client = client
        self.expiry = expiry
        self.details = details
    }
}
