/// A step from one version of the tables to the next. A released one is never changed.
struct Migration: Sendable {
    let name: String
    /// The statements, for a schema's quoted name.
    let statements: @Sendable (String) -> [String]

    /// All migrations, in order; the first is number 1.
    static let all = [
        Migration(name: "reservations and audit events") { schema in
            [
                // Room on each page, so that a verdict is written next to its reservation and touches no index.
                """
                CREATE TABLE \(schema).reservation (
                    key bytea PRIMARY KEY,
                    login uuid NOT NULL,
                    reserved timestamptz NOT NULL,
                    expiry timestamptz NOT NULL,
                    is_spent boolean NOT NULL
                ) WITH (fillfactor = 80)
                """,
                "CREATE INDEX reservation_by_expiry ON \(schema).reservation (expiry)",
                """
                CREATE TABLE \(schema).audit_event (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    login uuid NOT NULL,
                    began timestamptz NOT NULL,
                    duration interval NOT NULL,
                    provider text NOT NULL,
                    provider_type text,
                    credential_kind text NOT NULL,
                    issuer text,
                    subject text,
                    failure text,
                    credential text NOT NULL,
                    upstream_code text,
                    notices text[] NOT NULL
                )
                """,
                "CREATE INDEX audit_event_by_time ON \(schema).audit_event (began)",
                """
                CREATE FUNCTION \(schema).refuse_change() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'an audit event is never changed'; END $$
                """,
                """
                CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE ON \(schema).audit_event
                EXECUTE FUNCTION \(schema).refuse_change()
                """,
            ]
        },
        Migration(name: "accounts, grants and the key ring") { schema in
            [
                """
                ALTER TABLE \(schema).audit_event
                ADD COLUMN action text NOT NULL DEFAULT 'login', ADD COLUMN client text
                """,
                "CREATE TABLE \(schema).account (id uuid PRIMARY KEY, made timestamptz NOT NULL)",
                // Compared byte by byte, in an order that no update of the system's locales changes.
                """
                CREATE TABLE \(schema).account_identity (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    account uuid NOT NULL REFERENCES \(schema).account,
                    issuer text COLLATE "C" NOT NULL,
                    subject text COLLATE "C" NOT NULL,
                    provider text NOT NULL,
                    alternate_identifiers text NOT NULL,
                    claims text NOT NULL,
                    first_login timestamptz NOT NULL,
                    last_login timestamptz NOT NULL,
                    UNIQUE (issuer, subject)
                ) WITH (fillfactor = 80)
                """,
                "CREATE INDEX account_identity_by_account ON \(schema).account_identity (account)",
                """
                CREATE TABLE \(schema).account_grant (
                    id uuid PRIMARY KEY,
                    account uuid NOT NULL REFERENCES \(schema).account,
                    client text NOT NULL,
                    provider text NOT NULL,
                    opened timestamptz NOT NULL,
                    expiry timestamptz NOT NULL,
                    is_revoked boolean NOT NULL,
                    version bigint NOT NULL,
                    details text NOT NULL
                ) WITH (fillfactor = 80)
                """,
                "CREATE INDEX account_grant_by_account ON \(schema).account_grant (account)",
                "CREATE INDEX account_grant_by_expiry ON \(schema).account_grant (expiry)",
                """
                CREATE TABLE \(schema).key_ring (
                    id integer PRIMARY KEY CHECK (id = 1), version bigint NOT NULL, sealed bytea NOT NULL
                )
                """,
            ]
        },
        Migration(name: "the store's time") { schema in
            [
                """
                CREATE TABLE \(schema).store_time (
                    id integer PRIMARY KEY CHECK (id = 1),
                    believed timestamptz NOT NULL,
                    highest timestamptz NOT NULL,
                    behind_since timestamptz,
                    ahead_since timestamptz,
                    ahead_latest timestamptz
                )
                """,
                // If the event's own time is more than an hour behind: the highest time that the store had believed
                // when it was written.
                "ALTER TABLE \(schema).audit_event ADD COLUMN recorded timestamptz",
                // It starts with the newest event: no clock must be trusted during the update.
                """
                INSERT INTO \(schema).store_time (id, believed, highest)
                SELECT 1, began, began FROM \(schema).audit_event ORDER BY audit_event.id DESC LIMIT 1
                """,
            ]
        },
        Migration(name: "records") { schema in
            [
                // A record also contains its owners, so that reading one needs one table. Reads by owner use the other
                // table, in the order of the keys.
                """
                CREATE TABLE \(schema).stored_record (
                    kind text COLLATE "C" NOT NULL,
                    id text COLLATE "C" NOT NULL,
                    version bigint NOT NULL,
                    expiry timestamptz,
                    kept timestamptz,
                    owners text NOT NULL,
                    body bytea NOT NULL,
                    PRIMARY KEY (kind, id)
                )
                """,
                "CREATE INDEX stored_record_by_expiry ON \(schema).stored_record (kept) WHERE kept IS NOT NULL",
                """
                CREATE TABLE \(schema).record_owner (
                    owner_kind text COLLATE "C" NOT NULL,
                    owner_id text COLLATE "C" NOT NULL,
                    kind text COLLATE "C" NOT NULL,
                    id text COLLATE "C" NOT NULL,
                    PRIMARY KEY (owner_kind, owner_id, kind, id),
                    FOREIGN KEY (kind, id) REFERENCES \(schema).stored_record ON DELETE CASCADE
                )
                """,
                "CREATE INDEX record_owner_by_record ON \(schema).record_owner (kind, id)",
            ]
        },
        // It keeps its version, to which its contents are sealed. A process that still knows the table finds the
        // migration first.
        Migration(name: "the key ring as a record") { schema in
            [
                """
                INSERT INTO \(schema).stored_record (kind, id, version, expiry, owners, body)
                \(EarlierTable.keyRing.records(schema))
                """,
                "DROP TABLE \(schema).key_ring",
            ]
        },
        // The body is as BrokerTokens writes it: members in order of their names, and times in seconds since 2001. Details
        // that are not JSON become a body that cannot be read, as before.
        Migration(name: "grants as records") { schema in
            let details = original("details")
            return [
                jsonOrNull(in: schema),
                """
                INSERT INTO \(schema).stored_record (kind, id, version, expiry, kept, owners, body)
                SELECT 'grant', id::text, version, expiry, expiry, 'account:' || account, convert_to(coalesce(
                    '{"audiences":' || (details -> 'audiences')::text || ',"client":' || to_json(client)
                        || ',"end":' || (details -> 'end')::text
                        || ',"isRevoked":' || CASE WHEN is_revoked THEN 'true' ELSE 'false' END
                        || coalesce(',"lastUse":' || (details -> 'lastUse')::text, '')
                        || ',"opened":' || trim_scale(extract(epoch FROM opened) - 978307200)
                        || ',"provider":' || to_json(provider)
                        || coalesce(',"refresh":' || (details -> 'refresh')::text, '')
                        || ',"scope":' || (details -> 'scope')::text || '}',
                    unread
                ), 'UTF8')
                FROM (
                    SELECT id, account, \(original("client")) AS client, provider, opened, expiry, is_revoked, version,
                        \(schema).json_or_null(\(details)) AS details, \(details) AS unread
                    FROM \(schema).account_grant
                ) AS grants
                """,
                """
                INSERT INTO \(schema).record_owner (owner_kind, owner_id, kind, id)
                SELECT 'account', account::text, 'grant', id::text FROM \(schema).account_grant
                """,
                "DROP FUNCTION \(schema).json_or_null(text)",
                "DROP TABLE \(schema).account_grant",
            ]
        },
        // Until the next login, contacts are those among the claims, which say `true` only of what was verified.
        Migration(name: "verified contacts") { schema in
            [
                "ALTER TABLE \(schema).account ADD COLUMN version bigint NOT NULL DEFAULT 1",
                """
                CREATE TABLE \(schema).account_contact (
                    identity bigint NOT NULL REFERENCES \(schema).account_identity,
                    kind text COLLATE "C" NOT NULL,
                    value text COLLATE "C" NOT NULL,
                    PRIMARY KEY (identity, kind)
                )
                """,
                "CREATE INDEX account_contact_by_value ON \(schema).account_contact (kind, value, identity)",
                jsonOrNull(in: schema),
            ]
                + [("email", "email"), ("phone", "phone_number")].map { kind, claim in
                    """
                    INSERT INTO \(schema).account_contact (identity, kind, value)
                    SELECT id, '\(kind)', \(stored("claims ->> '\(claim)'")) FROM (
                        SELECT id, \(schema).json_or_null(\(original("claims"))) AS claims FROM \(schema).account_identity
                    ) AS identity
                    WHERE json_typeof(claims -> '\(claim)') = 'string'
                        AND (claims -> '\(claim)_verified')::text = 'true'
                    """
                } + ["DROP FUNCTION \(schema).json_or_null(text)"]
        },
    ]

    /// Creates a function that reads JSON, and returns NULL for any other text.
    private static func jsonOrNull(in schema: String) -> String {
        """
        CREATE FUNCTION \(schema).json_or_null(text) RETURNS json LANGUAGE plpgsql AS
        $$ BEGIN RETURN $1::json; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$
        """
    }

    /// A text that has no NUL as ``StorableText/stored(_:)`` writes it.
    private static func stored(_ text: String) -> String {
        #"replace(\#(text), E'\\', E'\\\\')"#
    }

    /// A text as it was before ``StorableText/stored(_:)``, except for NULs, which no JSON has.
    private static func original(_ column: String) -> String {
        #"replace(\#(column), E'\\\\', E'\\')"#
    }
}

/// A table of an earlier version whose contents have become records.
struct EarlierTable: Sendable {
    let name: String
    /// Selects the records, for a schema's quoted name.
    let records: @Sendable (String) -> String

    /// Those whose records are read before a migration.
    static let all = [keyRing]

    static let keyRing = EarlierTable(name: "key_ring") { schema in
        """
        SELECT 'key_ring' AS kind, 'current' AS id, version, NULL::timestamptz AS expiry, '' AS owners, sealed AS body
        FROM \(schema).key_ring
        """
    }
}
