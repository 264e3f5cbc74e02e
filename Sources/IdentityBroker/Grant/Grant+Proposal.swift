public import Foundation

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
