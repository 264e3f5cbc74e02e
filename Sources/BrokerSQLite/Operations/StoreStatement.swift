import IdentityBroker

import Foundation

/// All statements that the store runs once opened. Each finds its rows by an index.
enum StoreStatement: String, CaseIterable {
    /// How many migrations were applied: their rows are numbered in order, from 1.
    case newestMigration = "SELECT max(rowid) FROM grdb_migrations"
    /// One statement decides and writes, so that no other process can intervene. The entry is kept until its expiry,
    /// and as long by the highest time that the store has believed (``StoreTime/expiry(of:at:)``); a sum that overflows
    /// becomes the largest integer.
    case reserve = """
        INSERT INTO reservation (key, login, expiry, is_spent) VALUES (
            ?1, ?2,
            max(?3, coalesce((
                SELECT highest + min(?4, 9223372036854775807 - max(highest, 0)) FROM store_time WHERE id = 1
            ), ?3)),
            0
        ) ON CONFLICT (key) DO NOTHING
        """
    case presented = "SELECT 1 FROM reservation WHERE key = ?"
    case spend = "UPDATE reservation SET is_spent = 1 WHERE key = ? AND login = ? AND is_spent = 0"
    case release = "DELETE FROM reservation WHERE key = ? AND login = ? AND is_spent = 0"
    case purgeReservations = """
        DELETE FROM reservation WHERE id IN (
            SELECT id FROM reservation WHERE expiry <= ? ORDER BY expiry LIMIT ?
        )
        """
    /// Text is written and read as bytes: as text, it would end at its first NUL.
    case appendEvent = """
        INSERT INTO audit_event (login, began, duration, <names>, notices, recorded) VALUES (
            ?, ?, ?, <values>, CAST(? AS TEXT),
            (SELECT highest FROM store_time WHERE id = 1 AND highest - 3600000000000 > ?2)
        )
        """
    case newestEvents = """
        SELECT id, login, began, duration, <bytes>, CAST(notices AS BLOB)
        FROM audit_event WHERE id < ? ORDER BY id DESC LIMIT ?
        """
    case purgeEvents = """
        DELETE FROM audit_event WHERE id IN (
            SELECT id FROM audit_event WHERE began < ?1 AND (recorded IS NULL OR recorded < ?1) ORDER BY began LIMIT ?2
        )
        """
    /// Reads an identity, with a row for each contact, or one row without.
    case knownIdentity = """
        SELECT account, first_login, last_login, kind, CAST(value AS BLOB)
        FROM account_identity LEFT JOIN account_contact ON identity = account_identity.id
        WHERE issuer = CAST(? AS TEXT) AND subject = CAST(? AS TEXT)
        """
    case makeAccount = "INSERT INTO account (id, made) VALUES (?, ?)"
    case linkIdentity = """
        INSERT INTO account_identity (
            issuer, subject, provider, alternate_identifiers, claims, first_login, last_login, account
        ) VALUES (
            CAST(?1 AS TEXT), CAST(?2 AS TEXT), CAST(?3 AS TEXT), CAST(?4 AS TEXT), CAST(?5 AS TEXT), ?6, ?6, ?7
        )
        """
    case updateIdentity = """
        UPDATE account_identity SET
            provider = CAST(?3 AS TEXT), alternate_identifiers = CAST(?4 AS TEXT), claims = CAST(?5 AS TEXT),
            first_login = ?6, last_login = ?7
        WHERE issuer = CAST(?1 AS TEXT) AND subject = CAST(?2 AS TEXT)
        """
    case updateFirstLogin = """
        UPDATE account_identity SET first_login = ?3 WHERE issuer = CAST(?1 AS TEXT) AND subject = CAST(?2 AS TEXT)
        """
    case forgetContacts = """
        DELETE FROM account_contact WHERE identity = (
            SELECT id FROM account_identity WHERE issuer = CAST(? AS TEXT) AND subject = CAST(? AS TEXT)
        )
        """
    case keepContact = """
        INSERT INTO account_contact (identity, kind, value)
        SELECT id, ?3, CAST(?4 AS TEXT) FROM account_identity
        WHERE issuer = CAST(?1 AS TEXT) AND subject = CAST(?2 AS TEXT)
        """
    case countChange = "UPDATE account SET version = version + 1 WHERE id = ?"
    case accountVersion = "SELECT version FROM account WHERE id = ?"
    case identitiesOfAccount = """
        SELECT CAST(issuer AS BLOB), CAST(subject AS BLOB), CAST(provider AS BLOB),
            CAST(alternate_identifiers AS BLOB), CAST(claims AS BLOB), first_login, last_login
        FROM account_identity WHERE account = ? ORDER BY id
        """
    case contactsOfAccount = """
        SELECT CAST(issuer AS BLOB), CAST(subject AS BLOB), kind, CAST(value AS BLOB)
        FROM account_identity CROSS JOIN account_contact ON identity = account_identity.id WHERE account = ?
        """
    case accountsWithContact = """
        SELECT account FROM account_contact CROSS JOIN account_identity ON account_identity.id = identity
        WHERE kind = ? AND value = CAST(? AS TEXT) ORDER BY identity LIMIT ?
        """
    case storeTime = "SELECT believed, highest, behind_since, ahead_since, ahead_latest FROM store_time WHERE id = 1"
    /// Fails if a table is missing. It returns nothing of use.
    case everyTable = """
        SELECT (SELECT 1 FROM reservation WHERE id = 0), (SELECT 1 FROM audit_event WHERE id = 0),
            (SELECT version FROM account WHERE id = ''), (SELECT 1 FROM account_identity WHERE id = 0),
            (SELECT 1 FROM account_contact WHERE identity = 0),
            (SELECT 1 FROM stored_record WHERE number = 0), (SELECT 1 FROM record_owner WHERE owner_kind = '')
        """
    case oldestEvent = "SELECT min(began) FROM audit_event"
    case keepStoreTime = """
        INSERT INTO store_time (id, believed, highest, behind_since, ahead_since, ahead_latest) VALUES (1, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            believed = excluded.believed, highest = excluded.highest, behind_since = excluded.behind_since,
            ahead_since = excluded.ahead_since, ahead_latest = excluded.ahead_latest
        """
    case record = """
        SELECT kind, id, version, expiry, kept, owners, body FROM stored_record WHERE kind = ? AND id = ?
        """
    case recordsOfKind = """
        SELECT kind, id, version, expiry, kept, owners, body FROM stored_record
        WHERE kind = ?1 AND id > ?2 AND (expiry IS NULL OR expiry > ?3) ORDER BY id LIMIT ?4
        """
    case recordsOfOwner = """
        SELECT record.kind, record.id, version, expiry, kept, owners, body
        FROM record_owner AS owned CROSS JOIN stored_record AS record USING (kind, id)
        WHERE owner_kind = ?1 AND owner_id = ?2 AND (owned.kind, owned.id) > (?3, ?4)
            AND (expiry IS NULL OR expiry > ?5)
        ORDER BY owned.kind, owned.id LIMIT ?6
        """
    case recordsOfOwnerAndKind = """
        SELECT record.kind, record.id, version, expiry, kept, owners, body
        FROM record_owner AS owned CROSS JOIN stored_record AS record USING (kind, id)
        WHERE owner_kind = ?1 AND owner_id = ?2 AND owned.kind = ?3 AND owned.id > ?4
            AND (expiry IS NULL OR expiry > ?5)
        ORDER BY owned.id LIMIT ?6
        """
    /// Kept as ``reserve`` says; without an expiry, for ever.
    case putRecord = """
        INSERT INTO stored_record (kind, id, version, expiry, kept, owners, body) VALUES (
            ?1, ?2, ?3, ?4,
            max(?4, coalesce((
                SELECT highest + min(?5, 9223372036854775807 - max(highest, 0)) FROM store_time WHERE id = 1
            ), ?4)),
            ?6, ?7
        ) ON CONFLICT (kind, id) DO UPDATE SET
            version = excluded.version, expiry = excluded.expiry, kept = excluded.kept, owners = excluded.owners,
            body = excluded.body
        """
    case ownRecord = "INSERT INTO record_owner (owner_kind, owner_id, kind, id) VALUES (?, ?, ?, ?)"
    case disownRecord = "DELETE FROM record_owner WHERE kind = ? AND id = ?"
    case deleteRecord = "DELETE FROM stored_record WHERE kind = ? AND id = ?"
    case ownedRecords = """
        SELECT 1 FROM record_owner CROSS JOIN stored_record USING (kind, id)
        WHERE owner_kind = ? AND owner_id = ? AND (kept IS NULL OR kept > ?) LIMIT ?
        """
    case deleteRecordsOfOwner = """
        DELETE FROM stored_record WHERE (kind, id) IN (
            SELECT kind, id FROM record_owner WHERE owner_kind = ? AND owner_id = ?
        ) AND (kept IS NULL OR kept > ?)
        """
    case purgeRecords = """
        DELETE FROM stored_record WHERE number IN (
            SELECT number FROM stored_record WHERE kept <= ? ORDER BY kept LIMIT ?
        )
        """
}

extension StoreStatement {
    /// The statement as SQLite reads it.
    var sql: String {
        switch self {
        case .appendEvent: Self.appendingEvent
        case .newestEvents: Self.readingEvents
        default: rawValue
        }
    }

    private static let appendingEvent = withTexts(.appendEvent)
    private static let readingEvents = withTexts(.newestEvents)

    /// The statement with the columns of an event's texts.
    private static func withTexts(_ statement: StoreStatement) -> String {
        let names = AuditEvent.textNames
        return [
            ("<names>", names), ("<values>", names.map { _ in "CAST(? AS TEXT)" }),
            ("<bytes>", names.map { "CAST(\($0) AS BLOB)" }),
        ].reduce(statement.rawValue) { sql, part in
            sql.replacingOccurrences(of: part.0, with: part.1.joined(separator: ", "))
        }
    }
}
