import BrokerTesting
import Foundation
import IdentityBroker

/// A sound store with one flaw.
struct FlawedStore: BrokerStore {
    let sound: NaiveStore
    let flaw: StoreFlaw

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await flaw.newestEvents(sound, count)
    }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await flaw.believedTime(sound, now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await flaw.purge(sound, now, count)
    }

    func close() async throws(StoreFailure) {
        try await flaw.close(sound)
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await flaw.account(sound, id)
    }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try await flaw.accounts(sound, kind, value, count)
    }

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        switch Purpose(of: operations) {
        case .reserve(let reservation):
            return try await flaw.reserve(sound, reservation, now) ? .done() : .refused(CommitRefusal(operation: 0))
        case .append(let event):
            try await flaw.append(sound, event)
            return .done()
        case .conclude(let reservation, let outcome, let event):
            try await flaw.conclude(sound, reservation, outcome, event)
            return .done()
        case .signIn(let signIn, let reservation, let event):
            return .done(account: try await flaw.signIn(sound, signIn, reservation, event))
        case .other:
            return try await flaw.commit(sound, operations, now)
        }
    }

    /// What a commit is for: each transaction of a login has flaws of its own.
    private enum Purpose {
        case reserve(OneTimeReservation)
        case append(AuditEvent)
        case conclude(OneTimeReservation, OneTimeOutcome, AuditEvent)
        case signIn(SignIn, OneTimeReservation?, AuditEvent)
        case other

        init(of operations: [StoreOperation]) {
            let last = operations.last
            switch (operations.count, operations.first, operations.dropFirst().first) {
            case (1, .reserve(let reservation)?, _): self = .reserve(reservation)
            case (1, .append(let event)?, _): self = .append(event)
            case (2, .settle(let reservation, let outcome)?, .append(let event)?):
                self = .conclude(reservation, outcome, event)
            case (2, .signIn(let signIn)?, .append(let event)?): self = .signIn(signIn, nil, event)
            case (3, .settle(let reservation, .spent)?, .signIn(let signIn)?):
                if case .append(let event)? = last { self = .signIn(signIn, reservation, event) } else { self = .other }
            default: self = .other
            }
        }
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        try await flaw.record(sound, key, now)
    }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        try await flaw.records(sound, RecordRequest(selection: selection, after: after, count: count, now: now))
    }
}
