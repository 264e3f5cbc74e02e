import Foundation
import GRDB

/// A folder for one test, with a configuration in it.
struct Workspace: ~Copyable {
    /// The user pool's secret in every configuration here. No output may contain it.
    static let secret = "canary-secret-8f14e45fceea167a"

    let directory: String
    private let isOwned: Bool

    /// Writes to another workspace's folder.
    init(at directory: String) {
        self.directory = directory
        isOwned = false
    }

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "broker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        directory = url.path()
        isOwned = true
    }

    deinit {
        guard isOwned else { return }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let path = "\(directory)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// The number of reservations in an SQLite store.
    func reservations(in database: String) throws -> Int? {
        let connection = try DatabaseQueue(path: "\(directory)/\(database)")
        return try connection.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM reservation") }
    }

    /// Makes all reservations in an SQLite store expire.
    func expireReservations(in database: String) throws {
        let connection = try DatabaseQueue(path: "\(directory)/\(database)")
        try connection.write { try $0.execute(sql: "UPDATE reservation SET expiry = 1") }
    }

    /// Writes a configuration with one `wxapp` instance at this upstream, and returns its path.
    func configuration(
        baseURL: String = "https://core.genauth.cn",
        caFile: String? = nil,
        timeout: String = "2m",
        settings: String = "",
        instance: String = "",
        document: String = ""
    ) throws -> String {
        let trust = caFile.map { "caFile: \($0), " } ?? ""
        return try write(
            """
            version: 1
            providers:
              wxapp:
                type: wxapp
                settings:
                  userPoolId: 5e4cdd055df3df65dc58b97d
                  secret: { literal: "\(Self.secret)" }
                  baseURL: \(baseURL)
                  \(settings)
                limits: { timeout: \(timeout), connectTimeout: \(timeout) }
                network: { \(trust)allowAddresses: [127.0.0.0/8, "::1/128"] }
                \(instance)
            \(document)
            """,
            to: "broker.yaml"
        )
    }
}
