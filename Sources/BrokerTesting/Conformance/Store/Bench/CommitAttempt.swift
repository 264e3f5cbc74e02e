import IdentityBroker

/// A commit that consumes one record and puts another, and the check whether it reported its effect truthfully.
struct CommitAttempt: Sendable {
    private let code: StoredRecord
    private let token: StoredRecord
    private let event = AuditEvent.sample()

    init(_ number: Int) {
        code = .sample(number, text: "code")
        token = .sample(number, kind: "kit_other", text: "token")
    }

    func prepare(_ store: any BrokerStore) async throws {
        try await store.mustCommit([.put(code)], "of a new record")
    }

    func make(on store: any BrokerStore) async throws(StoreFailure) -> CommitResult {
        try await store.commit([.consume(code.key), .put(token), .append(event)], at: .second(0))
    }

    /// Ends the check unless everything was stored or nothing, and the call reported which.
    func check(_ call: StoreCall<CommitResult>, on store: any BrokerStore) async throws {
        let count = try await store.eventCount(of: event.login)
        let hasCode = try await store.record(code.key, at: .second(0)) != nil
        let hasToken = try await store.record(token.key, at: .second(0)) != nil
        let (isDone, isUndone) = (count == 1 && !hasCode && hasToken, count == 0 && hasCode && !hasToken)
        let seen = """
            commit wrote \(count) events, \(hasCode ? "kept" : "removed") the record to consume and \
            \(hasToken ? "stored" : "did not store") the record to put
            """
        try require(isDone || isUndone, "\(seen); it must do everything or nothing")
        switch call {
        case .returned(let commit):
            try require(isDone && commit == .done(consumed: [code]), "\(seen), but returned \(commit)")
        case .failed(let failure):
            try require(
                isUndone || failure.mayHaveHappened, "\(seen), but failed and reported that nothing had happened")
        }
    }
}
