import IdentityBroker

/// A commit of credentials, a sign-in, records and an event, and the check whether everything was done or nothing.
struct MixedCommit: Sendable {
    let operations: [StoreOperation]
    private let held: OneTimeReservation
    private let wanted: OneTimeReservation
    private let code: StoredRecord
    private let session: StoredRecord
    private let token: StoredRecord
    private let signIn: SignIn
    private let event = AuditEvent.sample()

    /// - Parameter number: No two commits on one storage have the same.
    init(_ number: Int = 0) {
        held = .sample(2 * number)
        wanted = .sample(2 * number + 1)
        code = .sample(number, kind: "kit_code")
        session = .sample(number, kind: "kit_session")
        token = .sample(number, kind: "kit_token")
        signIn = SignIn.sample(number, putting: [session]).verifying(email: "person-\(number)@example.com")
        operations = [
            .reserve(wanted), .consume(code.key), .settle(held, as: .spent), .signIn(signIn), .put(token),
            .append(event),
        ]
    }

    /// The index of the sign-in.
    static let signInPlace = 3

    /// What the commit returns once it is done.
    var done: CommitResult { .done(consumed: [code], account: signIn.newAccount) }

    func prepare(_ store: any BrokerStore) async throws {
        try await store.mustGrant(held, "to the first caller")
        try await store.mustCommit([.put(code)], "of a new record")
    }

    /// Ends the check unless everything was done or nothing, and tells which. Call it once: it uses up the credentials.
    func isDone(in store: any BrokerStore) async throws -> Bool {
        let account = try await store.account(signIn.newAccount)
        let owned = try await store.keys(.owned(by: .account(signIn.newAccount)))
        let hasCode = try await store.record(code.key, at: .second(0)) != nil
        let hasToken = try await store.record(token.key, at: .second(0)) != nil
        let count = try await store.eventCount(of: event.login)
        try await store.settle(held, as: .released)
        let isReleased = try await store.reserve(held.byAnotherLogin, at: .second(0))
        let isFree = try await store.reserve(wanted.byAnotherLogin, at: .second(0))
        let effects = [
            "reserved a credential": !isFree, "spent another": !isReleased, "made an account": account != nil,
            "kept a verified contact": account?.contacts.isEmpty == false,
            "put a record of the account":
                owned == [session.key], "consumed a record": !hasCode, "put a record": hasToken,
            "wrote an event": count == 1,
        ]
        let seen = effects.filter(\.value).keys.sorted()
        try require(
            seen.isEmpty || seen.count == effects.count,
            "of several operations, a commit has done only these: \(seen.joined(separator: ", "))")
        try require(count <= 1, "a commit wrote its event \(count) times")
        return !seen.isEmpty
    }

    /// Ends the check unless everything was stored or nothing, and the call reported which.
    func check(_ call: StoreCall<CommitResult>, on store: any BrokerStore) async throws {
        let isDone = try await isDone(in: store)
        switch call {
        case .returned(let result):
            try require(isDone && result == done, "a commit returned \(result), and was \(isDone ? "" : "not ")done")
        case .failed(let failure):
            try require(
                !isDone || failure.mayHaveHappened,
                "a commit was done, but failed and reported that nothing had happened"
            )
        }
    }
}
