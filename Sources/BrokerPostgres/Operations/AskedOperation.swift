import IdentityBroker

import Foundation

/// An operation that names a record, as the row sent to the server.
struct AskedOperation: Sendable {
    /// The columns that are sent, in order, with their types.
    static let columns = [
        ("place", "bigint"), ("action", "text"), ("kind", "text"), ("id", "text"), ("version", "bigint"),
        ("expiry", "bigint"), ("owners", "text"), ("body", "text"),
    ]

    /// The value in each column.
    let values: [String?]

    /// - Parameter place: The operation's index in its commit.
    /// - Returns: Nil if the operation names no record.
    init?(_ operation: RecordOperation, at place: Int) {
        let (action, key, rest): (String, RecordKey, [String?])
        switch operation {
        case .put(let record):
            (action, key) = ("put", record.key)
            rest = [
                "\(record.version)", record.expiry.map { "\(Microseconds.since1970($0))" },
                RecordOwnerList.text(of: record.owners), record.body.base64EncodedString(),
            ]
        case .require(let named, let version):
            (action, key, rest) = ("require", named, [version.map { "\($0)" }, nil, nil, nil])
        case .consume(let named, let version):
            (action, key, rest) = ("consume", named, [version.map { "\($0)" }, nil, nil, nil])
        case .delete(let named, let version):
            (action, key, rest) = ("delete", named, [version.map { "\($0)" }, nil, nil, nil])
        case .deleteAll, .append:
            return nil
        }
        values = ["\(place)", action, key.kind.rawValue, key.id.rawValue] + rest
    }

    /// The columns of a commit's operations, each an array.
    static func arguments(of plan: RecordPlan) -> [String?] {
        let operations = plan.operations.enumerated().compactMap { AskedOperation($1, at: $0) }
        return columns.indices.map { column in ArrayLiteral(operations.lazy.map { $0.values[column] }).text }
    }
}
