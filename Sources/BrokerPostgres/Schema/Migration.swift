/// A step from one version of the tables to the next. One that was released is never changed.
struct Migration: Sendable {
    let name: String
    /// The statements, for a schema's quoted name.
    let statements: @Sendable (String) -> [String]

    /// Every one there ever was, in order; the first is number 1.
    static let all = [
        Migration(name: "reservations and audit events") { schema in
            [
                // Room on each page, so that a verdict is written beside its reservation and touches no index.
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
        }
    ]
}
