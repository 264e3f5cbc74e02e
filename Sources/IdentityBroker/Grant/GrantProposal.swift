#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a grant is to be once the login it is for has succeeded.
public struct GrantProposal: Sendable, Hashable {
    /// The grant's own id.
    public let id: UUID
    /// The client that gets the tokens.
    public let client: String
    /// Until when the grant holds at most.
    public let expiry: Date
    /// What the tokens are about, and the digests of those that can be presented. Stores keep it as it is.
    public let details: String

    /// Makes a proposal.
    public init(id: UUID, client: String, expiry: Date, details: String) {
        self.id = id
        self.client = client
        self.expiry = expiry
        self.details = details
    }
}
