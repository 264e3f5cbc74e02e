import IdentityBroker
import StrictJSON

import Foundation

/// An audit event as the row that is written and read.
struct StoredEvent: Sendable {
    /// The written columns, in order, with their types.
    static let columns =
        [("login", "uuid"), ("began", "bigint"), ("duration", "bigint")] + AuditEvent.textNames.map { ($0, "text") }
        + [("notices", "text")]

    /// The value of each column.
    let values: [String?]
    /// The size of the values in bytes.
    let size: Int

    /// The row of an event.
    ///
    /// - Throws: ``StoreFailure`` if it has more than 1 MiB of text.
    init(_ event: AuditEvent) throws(StoreFailure) {
        values =
            [
                event.login.uuidString, "\(Microseconds.since1970(event.began))", "\(Microseconds.of(event.duration))",
            ] + event.texts.map { $0.map(StorableText.stored) }
            + [ArrayLiteral(event.notices.map(StorableText.stored)).text]
        size = values.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        guard size <= Self.greatestSize else {
            throw StoreFailure("An audit event has more than 1 MiB of text.", mayHaveHappened: false)
        }
    }

    /// The event of a row; nil if someone else wrote to the table.
    static func event(of values: some Collection<String?>) -> AuditEvent? {
        let values = Array(values)
        guard values.count == columns.count, let login = values[0].flatMap(UUID.init(uuidString:)),
            let began = values[1].flatMap({ Int64($0) }), let duration = values[2].flatMap({ Int64($0) }),
            let notices = values.last.flatMap(\.self).flatMap(list)
        else { return nil }
        return AuditEvent(
            login: login,
            began: Microseconds.date(since1970: began),
            duration: .microseconds(duration),
            texts: values.dropFirst(3).dropLast().map { $0.flatMap(StorableText.original) },
            notices: notices
        )
    }

    private static let greatestSize = 1024 * 1024

    /// The strings of a JSON array.
    private static func list(_ json: String) -> [String]? {
        let reader = JSONReader(limits: .init(maximumBytes: .max))
        guard let texts = (try? reader.read(json.utf8))?.strings else { return nil }
        let originals = texts.compactMap(StorableText.original)
        return originals.count == texts.count ? originals : nil
    }
}
