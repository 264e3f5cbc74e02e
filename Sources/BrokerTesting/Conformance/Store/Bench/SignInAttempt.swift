import IdentityBroker

/// A sign-in of a new person with a record, and the check whether it reported its effect truthfully.
struct SignInAttempt: Sendable {
    let reservation: OneTimeReservation
    let signIn: SignIn
    private let record: StoredRecord

    init(_ number: Int) {
        record = .sample(number, kind: "kit_session")
        reservation = .sample(number)
        signIn = SignIn.sample(number, putting: [record]).verifying(email: "person-\(number)@example.com")
    }

    func make(on store: any BrokerStore) async throws(StoreFailure) -> AccountID {
        try await store.signIn(signIn, spending: reservation, recording: .sample(login: reservation.login))
    }

    /// Ends the check unless everything was stored or nothing, and the call reported which.
    func check(_ call: StoreCall<AccountID>, on store: any BrokerStore) async throws {
        let count = try await store.eventCount(of: reservation.login)
        let account = try await store.account(signIn.newAccount)
        let stored = try await store.record(record.key, at: .second(0))
        let found = try await store.accounts(with: .email, signIn.contacts[0].value, atMost: 1)
        let isDone =
            count == 1 && account?.contacts == signIn.contacts && stored != nil && found == [signIn.newAccount]
        let isUndone = count == 0 && account == nil && stored == nil && found.isEmpty
        let seen =
            "signIn stored \(count) events, \(account == nil ? "no" : "an") account and \(stored == nil ? "no" : "a") record"
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
