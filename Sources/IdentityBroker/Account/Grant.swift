public import Foundation

/// What a person's login allows one client: the tokens issued under it live and die together.
public struct Grant: Sendable, Hashable {
    /// The grant's own id.
    public let id: UUID
    /// The account that it belongs to.
    public let account: AccountID
    /// The client that got the tokens.
    public let client: String
    /// The instance that authenticated the person. While it is disabled, the grant yields nothing.
    public let provider: ProviderID
    /// When it was opened.
    public let opened: Date
    /// When it expires.
    public var expiry: Date
    /// Whether it was ended early.
    public var isRevoked: Bool
    /// Counts the changes from 1, so that a change can name the version it replaces.
    public var version: Int
    /// What the tokens are about, and the digests of those that can be presented. Stores keep it unchanged.
    public var details: String

    /// Makes a grant.
    public init(
        id: UUID,
        account: AccountID,
        client: String,
        provider: ProviderID,
        opened: Date,
        expiry: Date,
        isRevoked: Bool = false,
        version: Int = 1,
        details: String
    ) {
        self.id = id
        self.account = account
        self.client = client
        self.provider = provider
        self.opened = opened
        self.expiry = expiry
        self.isRevoked = isRevoked
        self.version = version
        self.details = details
    }
}

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

extension Grant {
    /// The grant that a proposal becomes once its login has succeeded.
    public init(_ proposal: GrantProposal, for account: AccountID, from provider: ProviderID, at opened: Date) {
        self.init(
            id: proposal.id,
            account: account,
            client: proposal.client,
            provider: provider,
            opened: opened,
            expiry: proposal.expiry,
            details: proposal.details
        )
    }
}
