import Foundation

/// A PgBouncer in front of a server, which gives each transaction any free one of its few sessions.
package final class Pooler: Sendable {
    private let directory: URL
    private let control: ServerControl

    /// Starts one, and waits until it listens.
    package init(before server: PostgresServer) async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "pool-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o777])
        let configuration = directory.appending(path: "pgbouncer.ini")
        let text = """
            [databases]
            * = user=broker host=\(server.directory.path())
            [pgbouncer]
            pool_mode = transaction
            default_pool_size = 3
            max_client_conn = 500
            auth_type = any
            listen_addr =
            unix_socket_dir = \(directory.path())
            logfile = \(directory.path())/pgbouncer.log
            server_reset_query_always = 1
            server_reset_query = DISCARD ALL

            """
        try text.write(to: configuration, atomically: true, encoding: .utf8)
        control = try ServerControl(script: "pgbouncer", directory: directory)
        try await control.say("start")
    }

    /// The connection string of a server's database, through the pooler.
    package func url(of database: PostgresDatabase) -> String {
        "postgresql://broker@/\(database.name)?host=\(directory.path())&port=6432"
    }
}
