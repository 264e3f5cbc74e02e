/// Every statement that the store runs after it was opened. Each finds its rows by an index.
enum StoreStatement: String, CaseIterable {
    /// One statement decides and writes, so that no other process gets in between.
    case reserve = """
        INSERT INTO reservation (key, login, expiry, is_spent) VALUES (?1, ?2, ?3, 0)
        ON CONFLICT (key) DO UPDATE SET login = excluded.login, expiry = excluded.expiry, is_spent = 0
        WHERE reservation.expiry <= ?4
        """
    case spend = "UPDATE reservation SET is_spent = 1 WHERE key = ? AND login = ? AND is_spent = 0"
    case release = "DELETE FROM reservation WHERE key = ? AND login = ? AND is_spent = 0"
    case purgeReservations = """
        DELETE FROM reservation WHERE id IN (
            SELECT id FROM reservation WHERE expiry <= ? ORDER BY expiry LIMIT ?
        )
        """
    /// Text goes in and comes out as bytes: as text it would end at its first NUL.
    case appendEvent = """
        INSERT INTO audit_event (
            login, began, duration, provider, provider_type, credential_kind, issuer, subject, failure, credential,
            upstream_code, notices
        ) VALUES (
            ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT),
            CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT)
        )
        """
    case newestEvents = """
        SELECT id, login, began, duration, CAST(provider AS BLOB), CAST(provider_type AS BLOB),
            CAST(credential_kind AS BLOB), CAST(issuer AS BLOB), CAST(subject AS BLOB), CAST(failure AS BLOB),
            CAST(credential AS BLOB), CAST(upstream_code AS BLOB), CAST(notices AS BLOB)
        FROM audit_event WHERE id < ? ORDER BY id DESC LIMIT ?
        """
    case purgeEvents = """
        DELETE FROM audit_event WHERE id IN (
            SELECT id FROM audit_event WHERE began < ? ORDER BY began LIMIT ?
        )
        """
}
