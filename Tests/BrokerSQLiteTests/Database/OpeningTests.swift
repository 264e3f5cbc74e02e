import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("Opening a store", .timeLimit(.minutes(15)))
struct OpeningTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func refuse(_ path: String) -> BrokerError? {
        #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: path) }
    }

    private func makeDatabase(_ sql: String) throws {
        let database = try DatabaseQueue(path: directory.database)
        try database.inDatabase { try $0.execute(sql: sql) }
        try database.close()
    }

    @Test("creates files that only their owner may read and write")
    func permissions() async throws {
        let store = try SQLiteStore(path: directory.database)
        #expect(try await store.reserve(.example(), at: .at(0)))
        for name in ["broker.sqlite", "broker.sqlite-wal", "broker.sqlite-shm"] {
            #expect(try directory.permissions(of: name) == 0o600)
        }
    }

    @Test(
        "keeps the permissions of an existing file, and warns if they are too wide",
        arguments: [0o600, 0o640, 0o604])
    func existingPermissions(_ permissions: Int) throws {
        let isMade = FileManager.default.createFile(
            atPath: directory.database, contents: nil, attributes: [.posixPermissions: permissions])
        try #require(isMade)
        let warnings = WarningLog()
        _ = try SQLiteStore(path: directory.database, logger: warnings.logger)
        #expect(try directory.permissions(of: "broker.sqlite") == permissions)
        #expect(warnings.count == (permissions == 0o600 ? 0 : 1))
    }

    @Test("treats a name with a special meaning to SQLite as a file name")
    func names() async throws {
        for name in [":memory:", "file:x?mode=memory", "na\u{ef}ve name.sqlite"] {
            let store = try SQLiteStore(path: directory.file(name))
            try await store.close()
            #expect(FileManager.default.fileExists(atPath: directory.file(name)))
        }
    }

    @Test("resolves a relative path against the working directory")
    func relative() throws {
        let file = try DatabaseFile(path: directory.database)
        #expect(file.path == directory.database)
        #expect(refuse("no/such/directory.sqlite")?.message.contains(FileManager.default.currentDirectoryPath) == true)
    }

    @Test("follows a symbolic link to the files")
    func link() async throws {
        try FileManager.default.createDirectory(atPath: directory.file("data"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: directory.database, withDestinationPath: directory.file("data/real.sqlite"))
        #expect(refuse(directory.database)?.message.contains(directory.database) == true)
        _ = try SQLiteStore(path: directory.file("data/real.sqlite"))
        let store = try SQLiteStore(path: directory.database)
        #expect(try await store.reserve(.example(), at: .at(0)))
        #expect(FileManager.default.fileExists(atPath: directory.file("data/real.sqlite-wal")))
    }

    @Test("refuses a path that cannot hold a file, and says why", arguments: ["", "a\u{0}b"])
    func unusable(_ path: String) {
        #expect(refuse(path)?.kind == .misconfigured)
    }

    @Test("refuses a directory, and a path whose directory does not exist")
    func directories() throws {
        let isDirectory = try #require(refuse(directory.path))
        #expect(isDirectory.kind == .misconfigured)
        #expect(isDirectory.message.contains("\(directory.path) is a directory"))
        let isMissing = try #require(refuse(directory.file("missing/broker.sqlite")))
        #expect(isMissing.kind == .misconfigured)
        #expect(isMissing.message.contains("The directory \(directory.file("missing")) "))
        try Data().write(to: URL(filePath: directory.file("file")))
        #expect(refuse(directory.file("file/broker.sqlite"))?.kind == .misconfigured)
        #expect(refuse("/dev/null")?.message.contains("/dev/null is not a regular file") == true)
    }

    @Test("refuses a pipe next to the database, for which SQLite would wait", arguments: ["wal", "shm", "journal"])
    func pipes(kind: String) async throws {
        let store = try SQLiteStore(path: directory.database)
        try await store.close()
        let pipe = "\(directory.database)-\(kind)"
        try #require(mkfifo(pipe, 0o600) == 0)
        let refusal = try #require(refuse(directory.database))
        #expect(refusal.kind == .misconfigured)
        #expect(refusal.message.contains("\(pipe) of the SQLite store is not a regular file"))
    }

    @Test(
        "refuses a file that is not a database", arguments: ["xy", String(repeating: "not a database\n", count: 1_000)])
    func noDatabase(_ content: String) throws {
        try Data(content.utf8).write(to: URL(filePath: directory.database))
        let refusal = try #require(refuse(directory.database))
        #expect(refusal.kind == .misconfigured)
        #expect(refusal.message.contains(directory.database))
        #expect(try Data(contentsOf: URL(filePath: directory.database)) == Data(content.utf8))
    }

    @Test(
        "refuses another program's database, and does not touch it",
        arguments: [
            "CREATE TABLE reservation (x)",
            "PRAGMA application_id = 1; CREATE TABLE t (x)",
            "CREATE TABLE grdb_migrations (identifier); INSERT INTO grdb_migrations VALUES ('x'); CREATE TABLE t (x)",
        ])
    func anotherProgram(_ sql: String) throws {
        try makeDatabase(sql)
        let before = try Data(contentsOf: URL(filePath: directory.database))
        #expect(refuse(directory.database)?.message.contains("another program") == true)
        #expect(try Data(contentsOf: URL(filePath: directory.database)) == before)
    }

    @Test("refuses another program's database, and does not touch its log")
    func anotherProgramsLog() throws {
        let other = try DatabaseQueue(path: directory.file("other.sqlite"))
        try other.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE t (x)") }
        // As if the program had been killed.
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: directory.file("other.sqlite\(suffix)"), toPath: directory.database + suffix)
        }
        try other.close()
        let before = try ["broker.sqlite", "broker.sqlite-wal"].map(directory.content)
        #expect(refuse(directory.database)?.message.contains("another program") == true)
        #expect(try ["broker.sqlite", "broker.sqlite-wal"].map(directory.content) == before)
    }

    @Test("refuses a newer version's database, and does not touch it")
    func newer() async throws {
        try await SQLiteStore(path: directory.database).close()
        try makeDatabase("INSERT INTO grdb_migrations VALUES ('of the future')")
        let before = try Data(contentsOf: URL(filePath: directory.database))
        let refusal = try #require(refuse(directory.database))
        #expect(refusal.kind == .misconfigured)
        #expect(refusal.message.contains("newer version"))
        #expect(try Data(contentsOf: URL(filePath: directory.database)) == before)
    }

    @Test("continues an interrupted migration")
    func interrupted() async throws {
        try makeDatabase("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        let store = try SQLiteStore(path: directory.database)
        #expect(try await store.reserve(.example(), at: .at(0)))
    }

    @Test("continues if another process has already migrated")
    func overtaken() async throws {
        let path = directory.database
        let isOvertaken = Locked(false)
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            database.trace { event in
                let isFirst = "\(event)".hasPrefix("BEGIN IMMEDIATE") && !isOvertaken.withLock { $0 }
                guard isFirst, (try? SQLiteStore(path: path)) != nil else { return }
                isOvertaken.withLock { $0 = true }
            }
        }
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        try Schema.migrate(connection)
        #expect(isOvertaken.withLock { $0 })
    }

    @Test("waits for a lock within a time limit, and says what it waited for")
    func locked() throws {
        try makeDatabase("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        let lock = try HeldLock(on: directory.database)
        let refusal = refuse(directory.database)
        #expect(refusal?.kind == .unavailable)
        #expect(refusal?.message.contains("locked") == true)
        try lock.release()
        _ = try SQLiteStore(path: directory.database)
    }

    @Test("waits for a lock no longer than its caller allows, in however many steps")
    func lockedForCaller() throws {
        try makeDatabase("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        let lock = try HeldLock(on: directory.database)
        let began = ContinuousClock.now
        let refusal = #expect(throws: BrokerError.self) {
            try SQLiteStore(path: directory.database, openingTimeout: .milliseconds(100))
        }
        // A transaction of an open store would wait for 5 seconds.
        #expect(began.duration(to: .now) < .seconds(4))
        #expect(refusal?.kind == .unavailable)
        try lock.release()
    }

    @Test("refuses a retention that keeps nothing", arguments: [0, -1])
    func retention(_ seconds: Int) {
        let error = #expect(throws: BrokerError.self) {
            try SQLiteStore(path: directory.database, auditRetention: .seconds(seconds))
        }
        #expect(error?.kind == .misconfigured)
    }
}
