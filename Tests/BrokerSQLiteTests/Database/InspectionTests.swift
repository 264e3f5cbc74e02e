import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("Inspecting a store without opening it", .timeLimit(.minutes(5)))
struct InspectionTests {
    private let directory: TemporaryDirectory
    private let record = StoredRecord(
        key: RecordKey(kind: "example", id: "it's"), expiry: .at(60), owners: [.account(AccountID(UUID()))],
        body: Data([1, 0, 3]))

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Creates a store that contains a record.
    private func makeStore() async throws -> SQLiteStore {
        let store = try SQLiteStore(path: directory.database)
        try await keepRecord(in: store)
        return store
    }

    private func keepRecord(in store: SQLiteStore) async throws {
        try #require(try await store.commit([.put(record)], at: .at(0)) == .done(consumed: []))
    }

    /// What an inspection of a database finds that looks for the record and for one that does not exist.
    private func inspect(_ path: String? = nil) throws -> [StoredRecord] {
        let keys = [RecordKey(kind: "example", id: "missing"), record.key]
        return try DatabaseFile.inspect(path: path ?? directory.database, reading: keys).records
    }

    /// Every file of the directory, with its content.
    private func files(besides ignored: Set<String> = []) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { !ignored.contains($0) }
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(filePath: directory.file($0)))) })
    }

    /// Checks the error of the inspection, that opening fails with the same one, and that the inspection changes
    /// nothing.
    private func refuse(mentioning text: String, as kind: BrokerError.Kind = .misconfigured) throws {
        let before = try files()
        let seen = #expect(throws: BrokerError.self) { try DatabaseFile.inspect(path: directory.database) }
        #expect(try files() == before)
        #expect(seen?.kind == kind)
        #expect(seen?.message.contains(text) == true, "\(seen?.message ?? "")")
        let opened = #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: directory.database) }
        #expect(opened?.kind == kind)
        #expect(opened?.message.contains(text) == true, "\(opened?.message ?? "")")
    }

    private func change(_ sql: String) throws {
        let database = try DatabaseQueue(path: directory.database)
        try database.inDatabase { try $0.execute(sql: sql) }
        try database.close()
    }

    @Test("finds nothing in a missing or empty file, and creates none")
    func nothing() throws {
        #expect(try DatabaseFile.inspect(path: directory.database) == StoreInspection())
        #expect(try files().isEmpty)
        try Data().write(to: URL(filePath: directory.database))
        #expect(try DatabaseFile.inspect(path: directory.database) == StoreInspection())
        #expect(try files() == ["broker.sqlite": Data()])
    }

    @Test("reads records of a closed store, without creating files")
    func closed() async throws {
        try await makeStore().close()
        let before = try files()
        #expect(before.keys.sorted() == ["broker.sqlite"])
        #expect(try inspect() == [record])
        #expect(try files() == before)
    }

    @Test("reads records of an open store from its log, without disturbing it")
    func open() async throws {
        let store = try await makeStore()
        let before = try files(besides: ["broker.sqlite-shm"])
        #expect(before["broker.sqlite-wal"]?.isEmpty == false)
        #expect(try inspect() == [record])
        #expect(try files(besides: ["broker.sqlite-shm"]) == before)
        #expect(try await store.reserve(.example(), at: .at(0)))
        #expect(try await !store.reserve(.example(), at: .at(0)))
        try await store.close()
    }

    @Test(
        "does not touch what a killed process left, with or without the log's index",
        arguments: [true, false])
    func killed(hasIndex: Bool) async throws {
        let store = try await makeStore()
        let copy = directory.file("copy")
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
        for name in ["broker.sqlite", "broker.sqlite-wal"] + (hasIndex ? ["broker.sqlite-shm"] : []) {
            try FileManager.default.copyItem(atPath: directory.file(name), toPath: "\(copy)/\(name)")
        }
        try await store.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: copy).sorted()
        let log = try Data(contentsOf: URL(filePath: "\(copy)/broker.sqlite-wal"))
        #expect(try inspect("\(copy)/broker.sqlite") == (hasIndex ? [record] : []))
        #expect(try FileManager.default.contentsOfDirectory(atPath: copy).sorted() == names)
        #expect(try Data(contentsOf: URL(filePath: "\(copy)/broker.sqlite-wal")) == log)
        let reopened = try SQLiteStore(path: "\(copy)/broker.sqlite")
        #expect(try await reopened.record(record.key, at: .at(0)) == record)
        try await reopened.close()
    }

    @Test("finds the file by any valid path", arguments: ["a b%20?x=1#y.sqlite", "ü.sqlite"])
    func names(_ name: String) async throws {
        let store = try SQLiteStore(path: directory.file(name))
        try await keepRecord(in: store)
        try await store.close()
        #expect(try inspect(directory.file(name)) == [record])
    }

    @Test("refuses a newer version's database")
    func newer() async throws {
        try await makeStore().close()
        try change("INSERT INTO grdb_migrations VALUES ('of the future')")
        try refuse(mentioning: "newer version")
    }

    @Test(
        "refuses another program's database",
        arguments: ["CREATE TABLE t (x)", "PRAGMA application_id = 1; CREATE TABLE t (x)"])
    func anotherProgram(_ sql: String) throws {
        try change(sql)
        try refuse(mentioning: "another program")
    }

    @Test(
        "refuses another program's database with a leftover log or journal",
        arguments: ["CREATE TABLE t (x)", "PRAGMA application_id = 1; CREATE TABLE t (x)"], ["-journal", "-wal"])
    func anotherProgramsLeftovers(_ sql: String, _ suffix: String) throws {
        try change((suffix == "-wal" ? "PRAGMA journal_mode = WAL;" : "") + sql)
        try Data().write(to: URL(filePath: directory.database + suffix))
        try refuse(mentioning: "another program")
    }

    @Test("accepts an empty database with a leftover journal, as of a broker killed at its first start")
    func leftJournal() async throws {
        try change("CREATE TABLE t (x); DROP TABLE t")
        try Data().write(to: URL(filePath: directory.database + "-journal"))
        #expect(try DatabaseFile.inspect(path: directory.database) == StoreInspection())
        try await SQLiteStore(path: directory.database).close()
    }

    @Test("refuses a dangling symbolic link")
    func danglingLink() throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory.database, withDestinationPath: directory.file("missing.sqlite"))
        let seen = #expect(throws: BrokerError.self) { try DatabaseFile.inspect(path: directory.database) }
        let opened = #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: directory.database) }
        #expect(seen?.kind == .misconfigured)
        #expect(seen?.message.contains("is a symbolic link to a file that does not exist") == true)
        #expect(seen?.message == opened?.message)
    }

    @Test("refuses an impossible path, with the same message as opening does")
    func noPlace() throws {
        try Data().write(to: URL(filePath: directory.file("file")))
        for path in [
            directory.path, "/dev/null", directory.file("missing/broker.sqlite"), directory.file("file/broker.sqlite"),
            directory.file(String(repeating: "n", count: 300)),
        ] {
            let seen = #expect(throws: BrokerError.self) { try DatabaseFile.inspect(path: path) }
            let opened = #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: path) }
            #expect(seen?.kind == .misconfigured)
            #expect(seen?.message == opened?.message)
        }
    }

    @Test("refuses a database whose schema is damaged")
    func damaged() async throws {
        try await makeStore().close()
        let handle = try FileHandle(forUpdating: URL(filePath: directory.database))
        try handle.seek(toOffset: 100)
        try handle.write(contentsOf: Data(repeating: 0xff, count: 3_000))
        try handle.close()
        try refuse(mentioning: "malformed")
    }

    @Test("refuses a file that is not a database")
    func noDatabase() throws {
        try Data(String(repeating: "not a database\n", count: 1_000).utf8).write(to: URL(filePath: directory.database))
        try refuse(mentioning: "not a database")
    }

    @Test("refuses a file with a second hard link, by either name, until one is removed")
    func hardLink() async throws {
        try await makeStore().close()
        let other = directory.file("other.sqlite")
        try FileManager.default.linkItem(atPath: directory.database, toPath: other)
        try refuse(mentioning: "hard links")
        #expect(throws: BrokerError.self) { try SQLiteStore.impatient(at: other) }
        try FileManager.default.removeItem(atPath: other)
        try await SQLiteStore(path: directory.database).close()
    }

    @Test(
        "refuses a database with a missing table",
        arguments: Schema.tables(madeBy: Set(Schema.migrator.migrations)))
    func lostTable(_ name: String) async throws {
        try await makeStore().close()
        try change("DROP TABLE \(name)")
        try refuse(mentioning: "has lost its table \(name). Restore the file from a backup.")
    }

    @Test("knows every table that the migrations leave")
    func tables() async throws {
        let store = try SQLiteStore(path: directory.database)
        let found = try await store.connection.read { try String.fetchAll($0, sql: Schema.namesOfTables) }
        let known = Schema.tables(madeBy: Set(Schema.migrator.migrations))
        #expect(Set(found).subtracting(["grdb_migrations", "sqlite_sequence"]) == Set(known))
        try await store.close()
    }

    @Test("reads the key ring even before the migration that makes it a record")
    func keyRingBeforeUpdate() async throws {
        let database = try DatabaseQueue(path: directory.database)
        try Schema.migrator.migrate(database, upTo: "records")
        try await database.write { try $0.execute(sql: "INSERT INTO key_ring VALUES (1, 7, x'010002')") }
        try database.close()
        let keyRing = StoredRecord(
            key: RecordKey(kind: "key_ring", id: "current"), version: 7, body: Data([1, 0, 2]))
        let keys = [record.key, keyRing.key]
        #expect(try DatabaseFile.inspect(path: directory.database, reading: keys).records == [keyRing])
        try await SQLiteStore(path: directory.database).close()
        #expect(try DatabaseFile.inspect(path: directory.database, reading: keys).records == [keyRing])
    }

    @Test("sees one state of the database, even if another process migrates it in the meantime")
    func migratedMeanwhile() async throws {
        let database = try DatabaseQueue(path: directory.database)
        try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try Schema.migrator.migrate(database, upTo: "records")
        let reader = try DatabaseReader(path: directory.database, isImmutable: false)
        let tables = try reader.texts(Schema.namesOfTables)
        #expect(tables.contains("key_ring"))
        try Schema.migrator.migrate(database)
        #expect(try reader.texts(Schema.namesOfTables) == tables)
        #expect(try reader.rows(Schema.keyRingAsRecord, binding: []).isEmpty)
        let migrations = try reader.texts("SELECT identifier FROM grdb_migrations")
        #expect(migrations.last == "records")
        try database.close()
    }

    @Test("accepts a database with pending migrations, and leaves them to opening")
    func older() throws {
        try change("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        let before = try files()
        #expect(try DatabaseFile.inspect(path: directory.database) == StoreInspection())
        #expect(try files() == before)
    }

    @Test(
        "reports a program whose lock prevents opening, or what comes right after it",
        arguments: ["BEGIN IMMEDIATE", "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"])
    func locked(statements: String) async throws {
        try await makeStore().close()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: directory.database, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: statements) }
        let before = try files(besides: ["broker.sqlite-shm"])
        let seen = #expect(throws: BrokerError.self) {
            try DatabaseFile.inspect(path: directory.database, waitingForLocks: .milliseconds(20))
        }
        #expect(seen?.kind == .unavailable)
        #expect(seen?.message.contains("database is locked") == true, "\(seen?.message ?? "")")
        #expect(seen?.message.contains("End the program that holds it") == true, "\(seen?.message ?? "")")
        #expect(try files(besides: ["broker.sqlite-shm"]) == before)
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try other.close()
        #expect(try inspect() == [record])
    }

    @Test("waits for a program to release its lock")
    func lockedForAWhile() async throws {
        let store = try await makeStore()
        let lock = try HeldLock(on: directory.database)
        async let seen = DatabaseFile.inspect(
            path: directory.database, reading: [record.key], waitingForLocks: .seconds(60))
        try lock.release()
        #expect(try await seen.records == [record])
        try await store.close()
    }
}
