public import IdentityBroker

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension PostgresStore {
    /// The time by which the store may forget; see ``LoginStore/believedTime(at:)``.
    public func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        for _ in 0..<Self.attempts {
            let read: StoreTime? =
                if let row = try await table(of: statements.storeTime).first {
                    try statements.storeTime(of: row)
                } else {
                    nil
                }
            var time = StoreTime(believed: now)
            if let read {
                time = read
            } else if let oldest = try await oldestEvent {
                time = StoreTime(believed: oldest)
            }
            let believed = time.observe(now)
            if try await changedRows(by: statements.keep(time, inPlaceOf: read)) == 1 { return believed }
        }
        throw StoreFailure("The store's time is being changed by others all the time.", mayHaveHappened: false)
    }

    /// How often it looks again at what another process has made of the time meanwhile.
    private static let attempts = 100

    private var oldestEvent: Date? {
        get async throws(StoreFailure) {
            let value = try await table(of: statements.oldestEvent).first?.first.flatMap(\.self)
            return value.flatMap { Int64($0) }.map(Microseconds.date(since1970:))
        }
    }
}
