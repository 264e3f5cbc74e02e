import GRDB
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DatabaseFile {
    /// Checks what opening would check, and reads records, without creating or changing anything.
    ///
    /// Like opening, it examines only the schema: a service, too, meets other damaged pages later.
    ///
    /// - Parameters:
    ///   - path: The absolute path.
    ///   - keys: The records to read.
    ///   - patience: How long it may wait for a program that holds the database's lock.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, or ``BrokerError/Kind/unavailable`` if the
    ///   same file may work later.
    static func inspect(
        path: String,
        reading keys: [RecordKey] = [],
        waitingForLocks patience: Duration = StoreContext.openingTimeout
    ) throws(BrokerError) -> StoreInspection {
        guard try check(path: path), let resolved = resolve(path) else { return StoreInspection() }
        do {
            try confirmUnlocked(resolved, within: patience)
            return StoreInspection(records: try inspect(resolved, at: path, reading: keys))
        } catch {
            throw OpenDatabase.failure(error, at: path)
        }
    }

    /// Checks that no other program keeps the database locked.
    ///
    /// - Throws: `DatabaseError` with SQLite's busy code.
    private static func confirmUnlocked(_ resolved: String, within patience: Duration) throws {
        try BusyWait(limit: patience, openingWithin: patience).retry {
            let isShared = Surroundings(of: resolved).isShared
            let reader = try DatabaseReader(path: resolved, isImmutable: !isShared)
            try reader.confirmUnlocked()
            if isShared { try reader.confirmNoWriter() }
        }
    }

    private static func inspect(
        _ resolved: String,
        at path: String,
        reading keys: [RecordKey]
    ) throws -> [StoredRecord] {
        for _ in 0..<4 {
            let before = Surroundings(of: resolved)
            let result = Result { try before.read(keys, in: resolved, at: path) }
            // If a broker has opened or closed it in the meantime, the result may mix both states.
            if before == Surroundings(of: resolved) || before.isShared { return try result.get() }
        }
        // It is opened and closed constantly, so it can be opened.
        return []
    }
}

/// The files next to a database, which show whether it is open somewhere.
private struct Surroundings: Equatable {
    private let size: Int64
    private let changed: [Int]
    private let hasLog: Bool
    private let hasIndex: Bool
    private let hasJournal: Bool

    init(of path: String) {
        var status = stat()
        _ = stat(path, &status)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            changed = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
        #else
            changed = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        #endif
        hasLog = access("\(path)-wal", F_OK) == 0
        hasIndex = access("\(path)-shm", F_OK) == 0
        hasJournal = access("\(path)-journal", F_OK) == 0
    }

    /// Whether it is read alongside others, under SQLite's locks.
    var isShared: Bool { hasLog && hasIndex }

    func read(_ keys: [RecordKey], in file: String, at path: String) throws -> [StoredRecord] {
        let reader = try DatabaseReader(path: file, isImmutable: !isShared)
        let applicationID = try reader.integer("PRAGMA application_id")
        // A half-written leftover is for opening to repair, and may make the rest unreadable until then. A broker's
        // database has the id by then, or nothing but an empty first page.
        let isWhole = !hasJournal && (isShared || !hasLog)
        let objects = Result { try reader.integer(Schema.countOfObjects) }
        try Schema.checkOwner(
            applicationID: applicationID, objects: isWhole ? objects.get() : try? objects.get(), at: path)
        guard isWhole else { return [] }
        guard try reader.texts(Schema.namesOfTables).contains("grdb_migrations") else { return [] }
        let applied = Set(try reader.texts("SELECT identifier FROM grdb_migrations"))
        try Schema.checkVersion(applied, at: path)
        let tables = Set(try reader.texts(Schema.namesOfTables))
        try Schema.checkTables(tables, madeBy: applied, at: path)
        // Those of an earlier version's tables too, since the service meets them after the migration.
        let sources =
            (tables.contains("stored_record") ? [StoreStatement.record.rawValue] : [])
            + Schema.earlierRecords.filter { tables.contains($0.table) }
            .map { "SELECT * FROM (\($0.selection)) WHERE kind = ? AND id = ?" }
        return try keys.compactMap { key in
            for source in sources {
                let row = try reader.rows(source, binding: [key.kind.rawValue, key.id.rawValue]).first
                if let row { return try row.record().record }
            }
            return nil
        }
    }
}
