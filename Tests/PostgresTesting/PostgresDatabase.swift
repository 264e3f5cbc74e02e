import BrokerPostgres
import Foundation
import IdentityBroker

/// A database for one test, and what can be done to it from outside.
package struct PostgresDatabase: Sendable {
    package let name: String
    package let server: PostgresServer

    private let administration: PostgresSession

    init(at server: PostgresServer, options: String) async throws {
        self.server = server
        name = "t_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        administration = try await PostgresSession(url: server.url())
        try await administration.run("CREATE DATABASE \(name) \(options)")
    }

    package var url: String { server.url(database: name) }

    /// Connects to it, as its owner.
    package func session() async throws -> PostgresSession {
        try await PostgresSession(url: url)
    }

    /// Runs a statement in it, as its owner.
    @discardableResult
    package func run(_ sql: String) async throws -> [[String?]] {
        try await session().run(sql)
    }

    /// Terminates every connection to it (`pg_terminate_backend`), and returns how many there were.
    @discardableResult
    package func terminateConnections() async throws -> Int {
        try await administration.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '\(name)'"
        ).count
    }

    /// Refuses or allows new connections.
    package func setOpen(_ isOpen: Bool) async throws {
        try await administration.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isOpen)")
        guard !isOpen else { return }
        // A connection that was accepted before is listed only once it has started. Until then it holds a lock on its
        // database.
        let beginning = """
            SELECT 1 FROM pg_locks WHERE locktype = 'object' AND classid = 'pg_database'::regclass
            AND objid = (SELECT oid FROM pg_database WHERE datname = '\(name)')
            """
        repeat {
            while try await !administration.run(beginning).isEmpty { await Task.yield() }
        } while try await terminateConnections() > 0
    }

    package func drop() async throws {
        try await PostgresSession(url: server.url()).run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
}
