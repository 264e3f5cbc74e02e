import IdentityBroker

/// A sign-in of a new person with a grant, and the check whether it reported its effect truthfully.
struct SignInAttempt: Sendable {
    let reservation: OneTimeReservation
    let signIn: SignIn
    let proposal: GrantProposal

    init(_ number: Int) {
        proposal = .sample()
        reservation = .sample(number)
        signIn = .sample(number, opening: proposal)
    }

    func make(on store: any BrokerStore) async throws(StoreFailure) -> AccountID {
        try await store.signIn(signIn, spending: reservation, recording: .sample(login: reservation.login))
    }

    /// Ends the check unless everything was stored or nothing, and the call reported which.
    func check(_ call: StoreCall<AccountID>, on store: any BrokerStore) async throws {
        let count = try await store.eventCount(of: reservation.login)
        let account = try await store.account(signIn.newAccount)
        let grant = try await store.grant(proposal.id)
        let isDone = count == 1 && account != nil && grant != nil
        let isUndone = count == 0 && account == nil && grant == nil
        let seen =
            "signIn stored \(count) events, \(account == nil ? "no" : "an") account and \(grant == nil ? "no" : "a") grant"
        try require(isDone || isUndone, "\(seen); it must store everything or nothing")
        try await store.conclude(reservation, as: .released, recording: .sample())
        let isFree = try await store.reserve(reservation.byAnotherLogin, at: .second(0))
        try require(isFree == isUndone, "\(seen), but left the credential \(isFree ? "free" : "spent")")
        switch call {
        case .returned(let id):
            try require(isDone && id == signIn.newAccount, "\(seen), but returned \(id)")
        case .failed(let failure):
            try require(
                isUndone || failure.mayHaveHappened, "\(seen), but failed and reported that nothing had happened")
        }
    }
}
