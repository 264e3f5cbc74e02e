import GRDB
import IdentityBroker

import Foundation

/// A statement with its arguments.
///
/// It is prepared before its transaction begins: an invalid argument does not affect others in the transaction, and
/// costs none of its time.
struct StoreCommand: Sendable {
    let statement: StoreStatement
    let arguments: StatementArguments

    init(_ statement: StoreStatement, _ arguments: [(any DatabaseValueConvertible)?]) {
        self.statement = statement
        self.arguments = StatementArguments(arguments)
    }

    /// Changes one row if the caller gets the reservation, otherwise none.
    static func reserve(_ reservation: OneTimeReservation, at now: Date) -> StoreCommand {
        StoreCommand(
            .reserve,
            [
                Data(reservation.key.digest), reservation.login.uuidString,
                Timestamps.nanoseconds(of: reservation.expiry),
                max(0, Timestamps.nanoseconds(from: now, to: reservation.expiry)),
            ]
        )
    }

    static func settle(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) -> StoreCommand {
        let statement: StoreStatement =
            switch outcome {
            case .spent: .spend
            case .released: .release
            }
        return StoreCommand(statement, [Data(reservation.key.digest), reservation.login.uuidString])
    }

    /// Reads a row if the credential was presented before.
    static func presented(_ key: OneTimeKey) -> StoreCommand {
        StoreCommand(.presented, [Data(key.digest)])
    }

    static func append(_ event: AuditEvent) -> StoreCommand {
        StoreCommand(
            .appendEvent,
            [
                event.login.uuidString, Timestamps.nanoseconds(of: event.began),
                Timestamps.nanoseconds(of: event.duration),
            ] + event.texts.map { $0.map(bytes) } + [bytes(NoticeList(event.notices).text)]
        )
    }

    static func purgeReservations(at now: Date, atMost count: Int) -> StoreCommand {
        StoreCommand(.purgeReservations, [Timestamps.nanoseconds(of: now), count])
    }

    static func purgeEvents(before end: Date, atMost count: Int) -> StoreCommand {
        StoreCommand(.purgeEvents, [Timestamps.nanoseconds(of: end), count])
    }

    /// Reads the newest events before a row.
    static func newestEvents(before id: Int64?, atMost count: Int) -> StoreCommand {
        StoreCommand(.newestEvents, [id ?? .max, count])
    }

    /// A text as its bytes, including NULs.
    static func bytes(_ text: String) -> Data { Data(text.utf8) }
}
