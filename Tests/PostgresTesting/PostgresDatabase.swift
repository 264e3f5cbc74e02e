import BrokerPostgres
import Foundation
import IdentityBroker

/// A database of one test's own, and what can be done to it from outside.
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

    /// Cuts every connection to it (`pg_terminate_backend`), and says how many there were.
    @discardableResult
    package func terminateConnections() async throws -> Int {
        try await administration.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '\(name)'"
        ).count
    }

    /// Lets nobody connect any more, or again.
    package func setOpen(_ isOpen: Bool) async throws {
        try await administration.run("ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isOpen)")
        if !isOpen { try await terminateConnections() }
    }

    package func drop() async throws {
        try await PostgresSession(url: server.url()).run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }
}
