import BrokerPostgres
package import Foundation
import IdentityBroker

/// A PostgreSQL server for tests. It stops when it is released, and with the process, however that ends.
package final class PostgresServer: Sendable {
    /// The server shared by all tests that do not harm it, since creating one takes seconds.
    package static var shared: PostgresServer {
        get async throws { try await starting.value }
    }

    private static let starting = Task { try await PostgresServer() }

    /// The directory of its socket.
    package let directory: URL

    private let control: ServerControl

    /// Creates a server and starts it.
    ///
    /// - Parameters:
    ///   - settings: Lines for its configuration, such as `max_connections=5`.
    ///   - files: Files in its directory, by name, readable by their owner only.
    ///   - primary: The running server whose standby it is; nil for a server of its own.
    package init(
        settings: [String] = [],
        files: [String: String] = [:],
        standbyOf primary: PostgresServer? = nil
    ) async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        for (name, text) in files {
            let file = directory.appending(path: name)
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path())
        }
        let origin = primary.map { ["--standby-of", $0.directory.path()] } ?? []
        control = try ServerControl(script: "postgres", directory: directory, arguments: origin + settings)
        try await start()
    }

    package func start() async throws { try await control.say("start") }

    /// Stops it as an administrator does: connections are closed, and open transactions are rolled back.
    package func stop() async throws { try await control.say("stop") }

    /// Kills all its processes at once (SIGKILL).
    package func kill() async throws { try await control.say("kill") }

    /// Restarts it as a read-only hot standby of a primary that it waits for.
    package func becomeStandby() async throws {
        try await stop()
        try Data().write(to: directory.appending(path: "data/standby.signal"))
        try await start()
    }

    /// Makes a standby the primary.
    package func promote() async throws { try await control.say("promote") }

    /// Makes each commit wait for the standby, which must be running, from now on.
    package func requireStandby() async throws {
        let session = try await PostgresSession(url: url())
        try await session.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try await session.run("SELECT pg_reload_conf()")
        let follower = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
        while try await session.run(follower).isEmpty { await Task.yield() }
    }

    /// The connection string of a database.
    package func url(database: String = "postgres", user: String = "broker") -> String {
        "postgresql://\(user)@/\(database)?host=\(directory.path())"
    }

    /// Creates an empty database, which the caller must drop.
    ///
    /// - Parameter options: What follows `CREATE DATABASE` and the name.
    package func database(options: String = "") async throws -> PostgresDatabase {
        try await PostgresDatabase(at: self, options: options)
    }

    /// Creates an empty database, runs the body with it, and drops it whatever the body does.
    package func withDatabase<Result>(
        _ body: (PostgresDatabase) async throws -> Result
    ) async throws -> Result {
        let database = try await database()
        do {
            let result = try await body(database)
            try await database.drop()
            return result
        } catch {
            try? await database.drop()
            throw error
        }
    }
}
