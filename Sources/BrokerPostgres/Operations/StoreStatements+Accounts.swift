import IdentityBroker

extension StoreStatements {
    /// Looks up the accounts of these distinct identities, and the records in the places of those to put.
    ///
    /// Identities that exist are locked in their order, so that no two transactions wait for each other. Of two that insert
    /// the same one, the second waits for the first, fails, and finds it the next time.
    func lookUp(_ signIns: [StoredSignIn]) -> [Statement] {
        let identities = Statement(
            """
            SELECT place, known.account
            FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (issuer, subject, place)
            JOIN \(schema).account_identity AS known ON known.issuer = asked.issuer AND known.subject = asked.subject
            ORDER BY known.issuer, known.subject FOR UPDATE OF known
            """,
            [0, 1].map { column in ArrayLiteral(signIns.lazy.map { $0.values[column] }).text }
        )
        let records = signIns.flatMap { signIn in
            signIn.signIn.records.map { (key: $0.key, now: Microseconds.since1970(signIn.signIn.time)) }
        }
        guard !records.isEmpty else { return [identities] }
        let standing = Statement(
            """
            SELECT place, \(Self.isFree)
            FROM (
                SELECT place, kind, id, \(Self.time("now")) AS now
                FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS asked (kind, id, now, place)
            ) AS asked
            JOIN \(schema).stored_record AS held ON held.kind = asked.kind AND held.id = asked.id
            LEFT JOIN \(schema).store_time AS clock ON clock.id = 1
            """,
            [
                ArrayLiteral(records.map(\.key.kind.rawValue)).text, ArrayLiteral(records.map(\.key.id.rawValue)).text,
                ArrayLiteral(records.map { "\($0.now)" }).text,
            ]
        )
        return [identities, standing]
    }

    /// Creates accounts, and updates identities, as was decided.
    func keep(_ plan: SignInPlan) -> [Statement] {
        (plan.new.isEmpty ? [] : [create(plan.new)]) + (plan.existing.isEmpty ? [] : [update(plan.existing)])
    }

    private func create(_ signIns: [StoredSignIn]) -> Statement {
        Statement(
            """
            WITH asked AS MATERIALIZED (
                \(Self.asked)
            ), made AS (
                INSERT INTO \(schema).account (id, made) SELECT account, \(Self.time("login")) FROM asked
            )
            INSERT INTO \(schema).account_identity (
                account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
            )
            SELECT account, issuer, subject, provider, alternate_identifiers, claims,
                \(Self.time("login")), \(Self.time("login"))
            FROM asked ORDER BY issuer COLLATE "C", subject COLLATE "C"
            """,
            Self.arguments(of: signIns)
        )
    }

    private func update(_ signIns: [StoredSignIn]) -> Statement {
        // One more than a day behind also counts as the latest: the clock was set back.
        let latest = ["provider", "alternate_identifiers", "claims", "last_login"].map { column in
            """
            \(column) = CASE WHEN asked.last_login >= known.last_login
                    OR known.last_login - asked.last_login > interval '1 day'
                THEN asked.\(column) ELSE known.\(column) END
            """
        }
        return Statement(
            """
            UPDATE \(schema).account_identity AS known SET \(latest.joined(separator: ", ")),
                first_login = least(known.first_login, asked.last_login)
            FROM (SELECT *, \(Self.time("login")) AS last_login FROM (\(Self.asked)) AS sent) AS asked
            WHERE known.issuer = asked.issuer AND known.subject = asked.subject
            """,
            Self.arguments(of: signIns)
        )
    }

    /// Selects the sign-ins, whose columns are the arguments.
    private static var asked: String {
        let parameters = StoredSignIn.columns.enumerated().map { "$\($0 + 1)::\($1.1)[]" }.joined(separator: ", ")
        return "SELECT * FROM unnest(\(parameters)) AS asked (\(StoredSignIn.columns.map(\.0).joined(separator: ", ")))"
    }

    private static func arguments(of signIns: [StoredSignIn]) -> [String?] {
        StoredSignIn.columns.indices.map { column in ArrayLiteral(signIns.lazy.map { $0.values[column] }).text }
    }

    /// Reads the identities of an account, oldest first.
    func identities(of account: AccountID) -> Statement {
        Statement(
            """
            SELECT issuer, subject, provider, alternate_identifiers, claims,
                \(Self.microseconds("first_login")), \(Self.microseconds("last_login"))
            FROM \(schema).account_identity WHERE account = $1::uuid ORDER BY account_identity.first_login, id
            """,
            [account.description]
        )
    }

    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func identity(of row: [String?]) throws(StoreFailure) -> LinkedIdentity {
        guard row.count == 7,
            let issuer = row[0].flatMap(Issuer.init),
            let subject = row[1].flatMap(StorableText.original),
            let provider = row[2].flatMap(ProviderID.init(_:)),
            let alternates = row[3].flatMap(AlternateIdentifierList.init(text:)),
            let claims = row[4].flatMap(StorableText.original),
            let firstLogin = row[5].flatMap({ Int64($0) }),
            let lastLogin = row[6].flatMap({ Int64($0) })
        else {
            throw StoreFailure(
                "The identity of an account is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return LinkedIdentity(
            key: IdentityKey(issuer: issuer, subject: subject),
            provider: provider,
            alternateIdentifiers: alternates.identifiers,
            claims: claims,
            firstLogin: Microseconds.date(since1970: firstLogin),
            lastLogin: Microseconds.date(since1970: lastLogin)
        )
    }
}
