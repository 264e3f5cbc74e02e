import IdentityBroker

/// A commit that consumes one record for another, and the check whether it told the truth about its effect.
struct CommitAttempt: Sendable {
    private let code: StoredRecord
    private let token: StoredRecord
    private let event = AuditEvent.sample()

    init(_ number: Int) {
        code = .sample(number, text: "code")
        token = .sample(number, kind: "kit_other", text: "token")
    }

    func prepare(_ store: any LoginStore & RecordStore) async throws {
        try await store.mustCommit([.put(code)], "of a new record")
    }

    func make(on store: any LoginStore & RecordStore) async throws(StoreFailure) -> RecordCommit {
        try await store.commit([.consume(code.key), .put(token), .append(event)], at: .second(0))
    }

    /// Ends the check unless all of it was stored, or nothing, and the call said so.
    func check(_ call: StoreCall<RecordCommit>, on store: any LoginStore & RecordStore) async throws {
        let count = try await store.eventCount(of: event.login)
        let hasCode = try await store.record(code.key, at: .second(0)) != nil
        let hasToken = try await store.record(token.key, at: .second(0)) != nil
        let (isDone, isUndone) = (count == 1 && !hasCode && hasToken, count == 0 && hasCode && !hasToken)
        let seen = """
            commit left \(count) events, \(hasCode ? "a" : "no") record to consume and \(hasToken ? "a" : "no") record to put
            """
        try require(isDone || isUndone, seen)
        switch call {
        case .returned(let commit):
            try require(isDone && commit == .done(consumed: [code]), "\(seen), and answered \(commit)")
        case .failed(let failure):
            try require(isUndone || failure.mayHaveHappened, "\(seen), failed, and said that nothing had happened")
        }
    }
}
