import IdentityBroker

import Foundation

/// What is asked of a record, as the row sent to the server.
struct AskedOperation: Sendable {
    /// The columns that are sent, in order, with their types.
    static let columns = [
        ("number", "bigint"), ("place", "bigint"), ("action", "text"), ("kind", "text"), ("id", "text"),
        ("version", "bigint"),
        ("expiry", "bigint"), ("owners", "text"), ("body", "text"),
    ]

    /// The value in each column but the first, which tells the rows apart.
    private let values: [String?]

    private init(_ action: String, _ key: RecordKey, version: Int?, at place: Int, _ rest: [String?] = [nil, nil, nil])
    {
        values = ["\(place)", action, key.kind.rawValue, key.id.rawValue, version.map { "\($0)" }] + rest
    }

    private init(put record: StoredRecord, at place: Int) {
        self.init(
            "put", record.key, version: record.version, at: place,
            [
                record.expiry.map { "\(Microseconds.since1970($0))" }, RecordOwnerList.text(of: record.owners),
                record.body.base64EncodedString(),
            ])
    }

    /// What an operation asks for; a sign-in may put several records.
    private static func operations(of operation: StoreOperation, at place: Int, for account: AccountID?) -> [Self] {
        switch operation {
        case .put(let record): [Self(put: record, at: place)]
        case .signIn(let signIn): account.map(signIn.records(for:))?.map { Self(put: $0, at: place) } ?? []
        case .require(let key, let version): [Self("require", key, version: version, at: place)]
        case .consume(let key, let version): [Self("consume", key, version: version, at: place)]
        case .delete(let key, let version): [Self("delete", key, version: version, at: place)]
        case .reserve, .settle, .deleteAll, .append: []
        }
    }

    /// The columns of a commit's operations, each an array.
    static func arguments(of plan: CommitPlan, for account: AccountID?) -> [String?] {
        let asked = plan.operations.enumerated().flatMap { operations(of: $1, at: $0, for: account) }
        let numbers = ArrayLiteral(asked.indices.map { "\($0)" }).text
        return [numbers]
            + columns.dropFirst().indices.map { column in
                ArrayLiteral(asked.lazy.map { $0.values[column - 1] }).text
            }
    }
}
