import GRDB
import IdentityBroker

import Foundation

extension Database {
    /// Updates the store's time with a caller's clock, and returns it. Throws if a table is missing.
    func believedTime(at now: Date) throws -> Date {
        _ = try rows(.everyTable)
        var time = try rows(.storeTime).first?.storeTime() ?? StoreTime(believed: oldestEvent() ?? now)
        let believed = time.observe(now)
        try run(.keep(time))
        return believed
    }

    private func oldestEvent() throws -> Date? {
        try rows(.oldestEvent).first?.believedTime
    }
}

extension StoreCommand {
    static var storeTime: StoreCommand { StoreCommand(.storeTime, []) }

    static var everyTable: StoreCommand { StoreCommand(.everyTable, []) }

    static var oldestEvent: StoreCommand { StoreCommand(.oldestEvent, []) }

    static func keep(_ time: StoreTime) -> StoreCommand {
        StoreCommand(
            .keepStoreTime,
            [time.believed, time.highest, time.behindSince, time.lead?.since, time.lead?.latest].map {
                $0.map(Timestamps.nanoseconds)
            }
        )
    }
}

/// The store's time in a row of ``StoreStatement/storeTime``.
extension StoreRow {
    private enum TimeColumn: Int {
        case believed, highest, behindSince, aheadSince, aheadLatest
    }

    var believedTime: Date? { time(TimeColumn.believed) }

    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func storeTime() throws(StoreFailure) -> StoreTime {
        guard let believedTime, let highest = time(TimeColumn.highest) else {
            throw StoreFailure(
                "The store's time is not as a broker writes it.", mayHaveHappened: false, reason: .corrupt)
        }
        var lead: StoreTime.Lead?
        if let since = time(TimeColumn.aheadSince), let latest = time(TimeColumn.aheadLatest) {
            lead = StoreTime.Lead(since: since, latest: latest)
        }
        return StoreTime(
            believed: believedTime, lead: lead, highest: highest, behindSince: time(TimeColumn.behindSince))
    }
}
