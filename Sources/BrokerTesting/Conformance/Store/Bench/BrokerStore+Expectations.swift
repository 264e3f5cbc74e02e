import Foundation
import IdentityBroker

extension AccountStore {
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

extension AccountStore where Self: GrantStore {
    /// Opens a grant, and returns it as it should be stored.
    func mustOpen(_ proposal: GrantProposal = .sample(), forPerson number: Int = 0) async throws -> Grant {
        let signIn = SignIn.sample(number, opening: proposal)
        let account = try await self.signIn(signIn)
        return Grant(proposal, for: account, from: signIn.provider, at: signIn.time)
    }
}

extension GrantStore {
    /// Replaces with an event of no interest.
    func replace(_ grant: Grant) async throws(StoreFailure) -> Bool {
        try await replace(grant, recording: .sample())
    }

    /// Ends the check unless the grant is stored like this.
    func mustHold(_ expected: Grant, resolution: Duration, _ circumstance: String) async throws {
        guard let read = try await grant(expected.id) else {
            throw Observation("grant(_:) returned nil \(circumstance)")
        }
        if let difference = expected.difference(from: read, resolution: resolution) {
            throw Observation("in a grant \(circumstance), \(difference)")
        }
    }

    /// Ends the check if there is a grant of this id.
    func mustHoldNone(_ id: UUID, _ circumstance: String) async throws {
        let grant = try await grant(id)
        try require(grant == nil, "grant(_:) returned a grant \(circumstance)")
    }
}
