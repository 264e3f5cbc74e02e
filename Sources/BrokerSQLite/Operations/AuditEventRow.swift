import GRDB
import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An audit event as it was read, to be made sense of when its transaction is over.
struct AuditEventRow: Sendable {
    /// The columns after the id, in the order in which they are read.
    private enum Column: Int {
        case login, began, duration
        case provider, providerType, credentialKind, issuer, subject, failure, credential, upstreamCode, notices
    }

    /// The row's place in the order of writing.
    let id: Int64?

    private let values: [DatabaseValue]

    /// A row of ``StoreStatement/newestEvents``.
    init(_ row: Row) {
        let all = Array(row.databaseValues)
        id = Int64.fromDatabaseValue(all[0])
        values = Array(all.dropFirst())
    }

    /// The event that was written.
    ///
    /// - Throws: ``StoreFailure`` where somebody else wrote to the table.
    func event() throws(StoreFailure) -> AuditEvent {
        guard let login = String.fromDatabaseValue(self[.login]).flatMap(UUID.init(uuidString:)),
            let began = Int64.fromDatabaseValue(self[.began]),
            let duration = Int64.fromDatabaseValue(self[.duration]),
            let provider = text(.provider), let credentialKind = text(.credentialKind),
            let credential = text(.credential), let notices = text(.notices).flatMap(NoticeList.init(text:))
        else {
            throw StoreFailure("The audit event \(id ?? 0) is not as a broker writes one.", mayHaveHappened: false)
        }
        return AuditEvent(
            login: login,
            began: Timestamps.date(of: began),
            duration: .nanoseconds(duration),
            provider: provider,
            providerType: text(.providerType),
            credentialKind: credentialKind,
            issuer: text(.issuer),
            subject: text(.subject),
            failure: text(.failure),
            credential: credential,
            upstreamCode: text(.upstreamCode),
            notices: notices.notices
        )
    }

    private subscript(column: Column) -> DatabaseValue { values[column.rawValue] }

    private func text(_ column: Column) -> String? {
        Data.fromDatabaseValue(self[column]).map { String(decoding: $0, as: UTF8.self) }
    }
}
