package import Foundation

/// A commit within the limits, and the rules by which it is done or refused.
///
/// A store looks up the ``named`` records, and which of the credentials to reserve were presented before, and decides. If
/// the commit is done, it deletes the records of the ``owners`` and those ``taken``, writes those to put
/// (``put(for:)``), and does the rest in any order.
package struct CommitPlan: Sendable {
    package let operations: [StoreOperation]
    /// The time by the caller's clock.
    package let now: Date
    /// The records that operations name, sorted.
    package let named: [RecordKey]
    /// Whether it reads or changes records. The transactions of most logins do not.
    package let isAboutRecords: Bool

    /// - Throws: ``StoreFailure`` if it exceeds a limit; nothing has happened.
    package init(_ operations: [StoreOperation], at now: Date) throws(StoreFailure) {
        self.operations = operations
        self.now = now
        isAboutRecords = operations.contains { $0.isAboutRecords }
        named = isAboutRecords ? Self.named(by: operations) : []
        try check()
    }

    private static func named(by operations: [StoreOperation]) -> [RecordKey] {
        operations.flatMap { operation -> [RecordKey] in
            if case .signIn(let signIn) = operation { return signIn.records.map(\.key) }
            return operation.key.map { [$0] } ?? []
        }.sorted()
    }

    /// The records that must only be there.
    package var required: Set<RecordKey> {
        Set(operations.compactMap { if case .require(let key, _) = $0 { key } else { nil } })
    }

    /// The records to write.
    ///
    /// - Parameter account: The account of the sign-in; nil if there is none.
    package func put(for account: AccountID?) -> [StoredRecord] {
        operations.flatMap { operation -> [StoredRecord] in
            switch operation {
            case .put(let record): [record]
            case .signIn(let signIn): account.map { signIn.records(for: $0) } ?? signIn.records
            default: []
            }
        }
    }

    /// The records to delete by name.
    package var taken: [RecordKey] {
        operations.compactMap { operation in
            switch operation {
            case .consume(let key, _), .delete(let key, _): key
            default: nil
            }
        }
    }

    /// The owners whose records to delete.
    package var owners: [RecordOwner] {
        operations.compactMap { if case .deleteAll(let owner) = $0 { owner } else { nil } }
    }

    /// The events to write.
    package var events: [AuditEvent] {
        operations.compactMap { if case .append(let event) = $0 { event } else { nil } }
    }

    /// The sign-in; nil if there is none.
    package var signIn: SignIn? {
        for case .signIn(let signIn) in operations { return signIn }
        return nil
    }

    /// The credentials to reserve.
    package var reservations: [OneTimeReservation] {
        operations.compactMap { if case .reserve(let reservation) = $0 { reservation } else { nil } }
    }

    /// A deletion by owner leaves to the purge what was kept until this time or less: it has expired by every clock that
    /// is up to an hour behind the store's time, even if the caller's is ahead of it.
    ///
    /// - Parameter time: The store's time; nil if it has none yet.
    package func purgeable(by time: StoreTime?) -> Date {
        min(time?.believed ?? now, now).addingTimeInterval(-StoreTime.tolerance)
    }

    /// Decides whether the commit is done; the account of a sign-in is the store's to say.
    ///
    /// - Parameters:
    ///   - standing: The named records that the store holds, expired ones too.
    ///   - time: The store's time; nil if it has none yet.
    ///   - isPresented: Whether a credential was presented before.
    package func decide(
        _ standing: [RecordKey: StandingRecord],
        by time: StoreTime?,
        _ isPresented: (OneTimeKey) -> Bool = { _ in false }
    ) -> CommitResult {
        var consumed: [StoredRecord] = []
        for (place, operation) in operations.enumerated() {
            switch operation {
            case .reserve(let reservation):
                if isPresented(reservation.key) { return .refused(CommitRefusal(operation: place)) }
            case .put(let record) where record.version == 1:
                if let refusal = refusal(ofNew: [record], at: place, standing, time) { return .refused(refusal) }
            case .signIn(let signIn):
                if let refusal = refusal(ofNew: signIn.records, at: place, standing, time) { return .refused(refusal) }
            case .put(let record):
                let found = standing[record.key]?.record(at: now)?.version
                guard found == record.version - 1 else { return .refused(place, found: found) }
            case .require(let key, let version), .consume(let key, let version):
                guard let alive = standing[key]?.record(at: now), version == nil || version == alive.version else {
                    return .refused(place, found: standing[key]?.record(at: now)?.version)
                }
                if case .consume = operation { consumed.append(alive) }
            case .delete(let key, let version?):
                let found = standing[key]?.record(at: now)?.version
                guard found == version else { return .refused(place, found: found) }
            case .settle, .delete, .deleteAll, .append:
                continue
            }
        }
        return .done(consumed: consumed)
    }

    private func refusal(
        ofNew records: [StoredRecord],
        at place: Int,
        _ standing: [RecordKey: StandingRecord],
        _ time: StoreTime?
    ) -> CommitRefusal? {
        for record in records {
            guard let held = standing[record.key], !held.isFree(at: time?.time(for: now) ?? now) else { continue }
            return CommitRefusal(operation: place, found: held.record.version)
        }
        return nil
    }
}

extension CommitResult {
    fileprivate static func refused(_ operation: Int, found: Int?) -> CommitResult {
        .refused(CommitRefusal(operation: operation, found: found))
    }
}
