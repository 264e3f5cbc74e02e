import GRDB
import IdentityBroker

/// The tables, and the migrations of earlier versions.
enum Schema {
    /// Marks a database as the broker's: SQLite's application id, here the letters `IdBr`.
    static let applicationID = 0x4964_4272

    /// All migrations, in order. A released one is never changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("reservations and audit events") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: reservations)
            try database.execute(sql: auditEvents)
        }
        migrator.registerMigration("accounts, grants and the key ring") { database in
            try database.execute(sql: actions)
            try database.execute(sql: accounts)
            try database.execute(sql: grants)
            try database.execute(sql: keyRing)
        }
        migrator.registerMigration("the store's time") { database in
            try database.execute(sql: storeTime)
        }
        migrator.registerMigration("records") { database in
            try database.execute(sql: records)
        }
        migrator.registerMigration("the key ring as a record") { database in
            try database.execute(sql: movingKeyRing)
        }
        migrator.registerMigration("grants as records") { database in
            try database.execute(sql: movingGrants)
        }
        migrator.registerMigration("verified contacts") { database in
            try database.execute(sql: verifiedContacts)
        }
        return migrator
    }

    /// Migrates the database to this version, even if others do so at the same time.
    static func migrate(_ database: DatabaseQueue) throws {
        while true {
            let applied = try database.read(appliedMigrations)
            do {
                return try migrator.migrate(database)
            } catch {
                // The migrator looks before it locks, and fails if another process is ahead of it by then.
                guard try database.read(appliedMigrations) != applied else { throw error }
            }
        }
    }

    static func appliedMigrations(_ database: Database) throws -> Set<String> {
        // A transaction sees the database as of its first read. The migrator reads twice, and the first read sees
        // nothing while its table is missing.
        _ = try Int.fetchOne(database, sql: "PRAGMA schema_version")
        return try migrator.appliedIdentifiers(database)
    }

    // Keys are digests in random order, so each falls on its own page. They are in an index, and the rows are in the
    // order of writing: settling one then touches a page that many share.
    private static let reservations = """
        CREATE TABLE reservation (
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            login TEXT NOT NULL,
            expiry INTEGER NOT NULL,
            is_spent INTEGER NOT NULL
        );
        CREATE INDEX reservation_by_expiry ON reservation (expiry);
        """

    private static let auditEvents = """
        CREATE TABLE audit_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            login TEXT NOT NULL,
            began INTEGER NOT NULL,
            duration INTEGER NOT NULL,
            provider TEXT NOT NULL,
            provider_type TEXT,
            credential_kind TEXT NOT NULL,
            issuer TEXT,
            subject TEXT,
            failure TEXT,
            credential TEXT NOT NULL,
            upstream_code TEXT,
            notices TEXT NOT NULL,
            began_at TEXT GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%fZ', began / 1e9, 'unixepoch')) VIRTUAL
        );
        CREATE INDEX audit_event_by_time ON audit_event (began);
        CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE ON audit_event BEGIN
            SELECT RAISE(ABORT, 'an audit event is never changed');
        END;
        """

    private static let actions = """
        ALTER TABLE audit_event ADD COLUMN action TEXT NOT NULL DEFAULT 'login';
        ALTER TABLE audit_event ADD COLUMN client TEXT;
        """

    private static let accounts = """
        CREATE TABLE account (
            id TEXT NOT NULL PRIMARY KEY,
            made INTEGER NOT NULL,
            made_at TEXT GENERATED ALWAYS AS (\(text(of: "made"))) VIRTUAL
        );
        CREATE TABLE account_identity (
            id INTEGER PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account (id),
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            provider TEXT NOT NULL,
            alternate_identifiers TEXT NOT NULL,
            claims TEXT NOT NULL,
            first_login INTEGER NOT NULL,
            last_login INTEGER NOT NULL,
            first_login_at TEXT GENERATED ALWAYS AS (\(text(of: "first_login"))) VIRTUAL,
            last_login_at TEXT GENERATED ALWAYS AS (\(text(of: "last_login"))) VIRTUAL,
            UNIQUE (issuer, subject)
        );
        CREATE INDEX account_identity_by_account ON account_identity (account);
        """

    private static let grants = """
        CREATE TABLE account_grant (
            id TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account (id),
            client TEXT NOT NULL,
            provider TEXT NOT NULL,
            opened INTEGER NOT NULL,
            expiry INTEGER NOT NULL,
            is_revoked INTEGER NOT NULL,
            version INTEGER NOT NULL,
            details TEXT NOT NULL,
            opened_at TEXT GENERATED ALWAYS AS (\(text(of: "opened"))) VIRTUAL,
            expiry_at TEXT GENERATED ALWAYS AS (\(text(of: "expiry"))) VIRTUAL
        );
        CREATE INDEX account_grant_by_account ON account_grant (account);
        CREATE INDEX account_grant_by_expiry ON account_grant (expiry);
        """

    private static let keyRing = """
        CREATE TABLE key_ring (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL,
            sealed BLOB NOT NULL
        );
        """

    // It starts with the newest event: no clock must be trusted during the update. If an event's own time is more than
    // an hour behind, `recorded` is the highest time that the store had believed when it was written.
    private static let storeTime = """
        ALTER TABLE audit_event ADD COLUMN recorded INTEGER;
        CREATE TABLE store_time (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            believed INTEGER NOT NULL,
            highest INTEGER NOT NULL,
            behind_since INTEGER,
            ahead_since INTEGER,
            ahead_latest INTEGER,
            believed_at TEXT GENERATED ALWAYS AS (\(text(of: "believed"))) VIRTUAL,
            highest_at TEXT GENERATED ALWAYS AS (\(text(of: "highest"))) VIRTUAL
        );
        INSERT INTO store_time (id, believed, highest) SELECT 1, began, began FROM audit_event ORDER BY id DESC LIMIT 1;
        """

    // A record also contains its owners, so that reading one needs one table. Reads by owner use the other table, in the
    // order of the keys.
    private static let records = """
        CREATE TABLE stored_record (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            expiry INTEGER,
            kept INTEGER,
            owners TEXT NOT NULL,
            body BLOB NOT NULL,
            expiry_at TEXT GENERATED ALWAYS AS (\(text(of: "expiry"))) VIRTUAL,
            UNIQUE (kind, id)
        );
        CREATE INDEX stored_record_by_expiry ON stored_record (kept) WHERE kept IS NOT NULL;
        CREATE TABLE record_owner (
            owner_kind TEXT NOT NULL,
            owner_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            PRIMARY KEY (owner_kind, owner_id, kind, id)
        ) WITHOUT ROWID;
        CREATE INDEX record_owner_by_record ON record_owner (kind, id);
        CREATE TRIGGER stored_record_leaves_its_owners AFTER DELETE ON stored_record BEGIN
            DELETE FROM record_owner WHERE kind = OLD.kind AND id = OLD.id;
        END;
        """

    // It keeps its version, to which its contents are sealed. A process that still knows the table finds the migration
    // first.
    private static let movingKeyRing = """
        INSERT INTO stored_record (kind, id, version, expiry, kept, owners, body) \(keyRingAsRecord);
        DROP TABLE key_ring;
        """

    /// Selects the record that the table of the key ring becomes, as ``StoreStatement/record`` does.
    static let keyRingAsRecord = """
        SELECT 'key_ring' AS kind, 'current' AS id, version, NULL AS expiry, NULL AS kept, '' AS owners, sealed AS body
        FROM key_ring
        """

    /// The tables of earlier versions whose contents have become records that are read before a migration.
    static let earlierRecords = [(table: "key_ring", selection: keyRingAsRecord)]

    // The body is as BrokerTokens writes it: members in order of their names, and times in seconds since 2001. Details that
    // are not JSON become a body that cannot be read, as before.
    private static let movingGrants = """
        INSERT INTO stored_record (kind, id, version, expiry, kept, owners, body)
        SELECT 'grant', id, version, expiry, expiry, 'account:' || account, CAST(coalesce(
            CASE WHEN json_valid(details) THEN
                '{"audiences":' || (details -> '$.audiences') || ',"client":' || json_quote(client)
                    || ',"end":' || (details -> '$.end')
                    || ',"isRevoked":' || CASE WHEN is_revoked THEN 'true' ELSE 'false' END
                    || coalesce(',"lastUse":' || (details -> '$.lastUse'), '')
                    || ',"opened":' || \(seconds(since2001: "opened")) || ',"provider":' || json_quote(provider)
                    || coalesce(',"refresh":' || (details -> '$.refresh'), '')
                    || ',"scope":' || (details -> '$.scope') || '}'
            END, details
        ) AS BLOB) FROM account_grant;
        INSERT INTO record_owner (owner_kind, owner_id, kind, id) SELECT 'account', account, 'grant', id FROM account_grant;
        DROP TABLE account_grant;
        """

    /// A column of nanoseconds since 1970 as a number of seconds since 2001, as precise as a `Date` of these years.
    private static func seconds(since2001 column: String) -> String {
        let tick = "((\(column) - 978307200000000000 + 50) / 100)"
        return """
            rtrim(rtrim(printf('%s%d.%07d', CASE WHEN \(tick) < 0 THEN '-' ELSE '' END, abs(\(tick)) / 10000000,
                abs(\(tick)) % 10000000), '0'), '.')
            """
    }

    // Until the next login, contacts are those among the claims, which say `true` only of what was verified.
    private static let verifiedContacts = """
        ALTER TABLE account ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE account_contact (
            identity INTEGER NOT NULL REFERENCES account_identity (id),
            kind TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (identity, kind)
        ) WITHOUT ROWID;
        CREATE INDEX account_contact_by_value ON account_contact (kind, value);
        \(keepingContacts(of: "email", named: "email"))
        \(keepingContacts(of: "phone", named: "phone_number"))
        """

    private static func keepingContacts(of kind: String, named claim: String) -> String {
        """
        INSERT INTO account_contact (identity, kind, value)
        SELECT id, '\(kind)', json_extract(claims, '$.\(claim)') FROM account_identity
        WHERE CASE WHEN json_valid(claims) THEN
            json_type(claims, '$.\(claim)') = 'text' AND json_type(claims, '$.\(claim)_verified') = 'true'
        END;
        """
    }

    /// A column of nanoseconds as readable text.
    private static func text(of column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1e9, 'unixepoch')"
    }
}
