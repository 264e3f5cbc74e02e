import IdentityBroker

extension StoreStatements {
    /// Finds or creates the accounts of these distinct identities, updates the identities, and opens grants. Returns
    /// the accounts in the order of the sign-ins.
    ///
    /// Identities are processed in a fixed order, so that transactions do not deadlock. If two insert the same
    /// identity, the second waits for the first, and then finds its account.
    func signIn(_ signIns: [StoredSignIn]) -> Statement {
        let columns = StoredSignIn.columns
        let parameters = columns.enumerated().map { "$\($0 + 1)::\($1.1)[]" }.joined(separator: ", ")
        // One more than a day behind also counts as the latest: the clock was set back.
        let latest = ["provider", "alternate_identifiers", "claims", "last_login"].map { column in
            """
            \(column) = CASE WHEN excluded.last_login >= known.last_login
                    OR known.last_login - excluded.last_login > interval '1 day'
                THEN excluded.\(column) ELSE known.\(column) END
            """
        }
        return Statement(
            """
            WITH asked AS MATERIALIZED (
                SELECT * FROM unnest(\(parameters)) WITH ORDINALITY
                AS asked (\(columns.map(\.0).joined(separator: ", ")), place)
            ), linked AS (
                INSERT INTO \(schema).account_identity AS known (
                    account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
                )
                SELECT account, issuer, subject, provider, alternate_identifiers, claims,
                    \(Self.time("login")), \(Self.time("login"))
                FROM asked ORDER BY issuer COLLATE "C", subject COLLATE "C"
                ON CONFLICT (issuer, subject) DO UPDATE SET \(latest.joined(separator: ", ")),
                    first_login = least(known.first_login, excluded.first_login)
                RETURNING account, issuer, subject
            ), made AS (
                INSERT INTO \(schema).account (id, made)
                SELECT account, \(Self.time("login")) FROM asked JOIN linked USING (account, issuer, subject)
                WHERE NOT EXISTS (
                    SELECT FROM \(schema).account_identity AS before
                    WHERE before.issuer = asked.issuer AND before.subject = asked.subject
                )
            ), opened AS (
                INSERT INTO \(schema).account_grant (
                    id, account, client, provider, opened, expiry, is_revoked, version, details
                )
                SELECT grant_id, linked.account, grant_client, provider,
                    \(Self.time("login")), \(Self.time("grant_expiry")), false, 1, grant_details
                FROM asked JOIN linked USING (issuer, subject) WHERE grant_id IS NOT NULL
            )
            SELECT linked.account FROM asked JOIN linked USING (issuer, subject) ORDER BY place
            """,
            columns.indices.map { column in ArrayLiteral(signIns.lazy.map { $0.values[column] }).text }
        )
    }

    /// The accounts in the first column.
    func accounts(in answer: ResultRows) -> [AccountID] {
        answer.rows.compactMap { row in row.first.flatMap(\.self).flatMap(AccountID.init(_:)) }
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
