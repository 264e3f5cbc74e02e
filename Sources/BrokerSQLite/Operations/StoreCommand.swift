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

    /// Writes an event.
    ///
    /// - Throws: ``StoreFailure`` if it has more than 1 MiB of text. SQLite's own limit would stop the process.
    static func append(_ event: AuditEvent) throws(StoreFailure) -> StoreCommand {
        let texts = [
            event.action.rawValue, event.client, event.provider, event.providerType, event.credentialKind,
            event.issuer, event.subject, event.failure, event.credential, event.upstreamCode,
            NoticeList(event.notices).text,
        ]
        guard texts.reduce(0, { $0 + ($1?.utf8.count ?? 0) }) <= 1024 * 1024 else {
            throw StoreFailure("An audit event has more than 1 MiB of text.", mayHaveHappened: false)
        }
        return StoreCommand(
            .appendEvent,
            [
                event.login.uuidString, Timestamps.nanoseconds(of: event.began),
                Timestamps.nanoseconds(of: event.duration),
            ] + texts.map { $0.map(bytes) }
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
