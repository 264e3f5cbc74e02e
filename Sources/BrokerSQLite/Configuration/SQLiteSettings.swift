/// The configuration of an SQLite store.
struct SQLiteSettings: Decodable, Sendable {
    let path: String
    let auditRetention: Duration?
}
