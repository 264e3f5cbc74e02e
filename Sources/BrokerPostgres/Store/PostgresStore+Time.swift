public import IdentityBroker

public import Foundation

extension PostgresStore {
    /// The time by which the store may forget; see ``BrokerStore/believedTime(at:)``.
    public func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        _ = try await table(of: statements.everyTable)
        for _ in 0..<Self.attempts {
            let row = try await table(of: statements.storeTime).first
            var time = StoreTime(believed: now)
            if let row {
                time = try statements.storeTime(of: row)
            } else if let oldest = try await oldestEvent {
                time = StoreTime(believed: oldest)
            }
            let believed = time.observe(now)
            if try await changedRows(by: statements.keep(time, inPlaceOf: row)) == 1 { return believed }
            // The caller gave up, and nothing was written.
            if Task.isCancelled { break }
        }
        throw StoreFailure(
            "Other processes changed the store's time at every attempt to; try again.", mayHaveHappened: false)
    }

    /// How often it retries after another process changed the time.
    private static let attempts = 100

    private var oldestEvent: Date? {
        get async throws(StoreFailure) {
            let value = try await table(of: statements.oldestEvent).first?.first.flatMap(\.self)
            return value.flatMap { Int64($0) }.map(Microseconds.date(since1970:))
        }
    }
}
