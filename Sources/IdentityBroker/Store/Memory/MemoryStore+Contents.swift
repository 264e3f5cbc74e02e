import Foundation

extension MemoryStore {
    /// One value behind one lock: all that a commit does becomes visible together.
    struct Contents: Sendable {
        var ledger: OneTimeLedger
        var events: AuditRing
        var accounts: AccountLedger
        var records: RecordLedger
        var time: StoreTime?

        mutating func believedTime(at now: Date) -> Date {
            var time = time ?? StoreTime(believed: events.events.map(\.began).min() ?? now)
            defer { self.time = time }
            return time.observe(now)
        }

        /// - Throws: ``StoreFailure`` if there is no room, or too much to delete; nothing has happened.
        mutating func commit(_ plan: CommitPlan) throws(StoreFailure) -> CommitResult {
            if plan.operations.count == 1, case .reserve(let reservation) = plan.operations[0] {
                // Every login makes this commit: it looks once.
                return try reserve(reservation, at: plan.now) ? .done() : .refused(CommitRefusal(operation: 0))
            }
            let decision = plan.decide(records.standing(plan.named), by: time) { ledger.holds($0) }
            guard case .done(let consumed, _) = decision else { return decision }
            let account = try makeRoom(for: plan)
            if plan.isAboutRecords { try records.perform(plan, for: account, by: time) }
            for operation in plan.operations {
                switch operation {
                case .reserve(let reservation): _ = try reserve(reservation, at: plan.now)
                case .settle(let reservation, let outcome): ledger.settle(reservation, as: outcome)
                case .signIn(let signIn): if let account { accounts.keep(signIn, in: account) }
                case .append(let event): events.append(event)
                case .put, .require, .consume, .delete, .deleteAll: continue
                }
            }
            return .done(consumed: consumed, account: account)
        }

        /// - Returns: Whether it was not presented before.
        /// - Throws: ``StoreFailure`` if there is no room.
        private mutating func reserve(_ reservation: OneTimeReservation, at now: Date) throws(StoreFailure) -> Bool {
            let expiry = time?.expiry(of: reservation, at: now)
            var answer = ledger.reserve(reservation, until: expiry)
            // No other process purges it.
            if answer == .full, ledger.purge(at: believedTime(at: now), atMost: .max) > 0 {
                answer = ledger.reserve(reservation, until: expiry)
            }
            switch answer {
            case .reserved: return true
            case .presentedBefore: return false
            case .full: throw .memoryIsFull
            }
        }

        /// - Returns: The account of the sign-in, if there is one.
        private mutating func makeRoom(for plan: CommitPlan) throws(StoreFailure) -> AccountID? {
            var (reserved, account): (Int, AccountID?) = (0, nil)
            for operation in plan.operations {
                switch operation {
                case .reserve: reserved += 1
                case .signIn(let signIn):
                    guard let found = accounts.account(for: signIn) else { throw .memoryIsFull }
                    account = found
                default: continue
                }
            }
            if !ledger.hasRoom(for: reserved) {
                // No other process purges it.
                _ = ledger.purge(at: believedTime(at: plan.now), atMost: .max)
                guard ledger.hasRoom(for: reserved) else { throw .memoryIsFull }
            }
            return account
        }
    }
}

extension StoreFailure {
    static var memoryIsFull: StoreFailure {
        StoreFailure("The memory store is full.", mayHaveHappened: false, reason: .full)
    }
}
