import BrokerPostgres
import IdentityBroker

/// A test's own connection, next to those of the store.
package actor PostgresSession {
    private let connection: PostgresConnection

    package init(url: String) async throws {
        connection = try PostgresConnection(to: ConnectionTarget(Secret(url)), within: .seconds(20))
    }

    /// Runs a statement, outside a transaction unless one was begun.
    @discardableResult
    package func run(_ sql: String, _ arguments: [String?] = []) throws -> [[String?]] {
        try connection.run([Statement(sql, arguments)], within: .seconds(30)).flatMap(\.rows)
    }
}
