import Foundation
import IdentityBroker

extension BrokerStore {
    /// Signs in with a credential that is not one-time, and an event of no interest.
    func signIn(_ signIn: SignIn) async throws(StoreFailure) -> AccountID {
        try await self.signIn(signIn, spending: nil, recording: .sample())
    }

    /// Ends the check unless the account has exactly this identity.
    func mustShow(_ expected: LinkedIdentity, in id: AccountID, resolution: Duration) async throws {
        guard let account = try await account(id) else {
            throw Observation("account(_:) returned nil for the account of a sign-in")
        }
        try require(account.id == id, "account(_:) returned \(account.id) for \(id)")
        try require(
            account.identities.count == 1, "an account with one identity has \(account.identities.count)")
        if let difference = expected.difference(from: account.identities[0], resolution: resolution) {
            throw Observation("in the identity, \(difference)")
        }
    }
}
