import GRDB

import Foundation

/// A row as read, to be interpreted after its transaction.
struct StoreRow: Sendable {
    private let values: [DatabaseValue]

    init(_ row: Row) {
        self.init(Array(row.databaseValues))
    }

    init(_ values: [DatabaseValue]) {
        self.values = values
    }

    /// The integer in a column of the statement; nil for anything else.
    func integer(_ column: some RawRepresentable<Int>) -> Int64? { Int64.fromDatabaseValue(values[column.rawValue]) }

    func time(_ column: some RawRepresentable<Int>) -> Date? { integer(column).map(Timestamps.date) }

    func data(_ column: some RawRepresentable<Int>) -> Data? { Data.fromDatabaseValue(values[column.rawValue]) }

    /// A text that is stored as bytes.
    func text(_ column: some RawRepresentable<Int>) -> String? { text(at: column.rawValue) }

    /// The text in the column with this number.
    func text(at column: Int) -> String? {
        Data.fromDatabaseValue(values[column]).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A UUID that is stored as text.
    func uuid(_ column: some RawRepresentable<Int>) -> UUID? {
        String.fromDatabaseValue(values[column.rawValue]).flatMap(UUID.init(uuidString:))
    }
}
