import IdentityBroker

import Foundation

/// The statements of sign-ins: the first look up and lock what is there, and the others write what was decided.
extension StoreStatements {
    /// Looks up these distinct identities.
    ///
    /// Those that exist are locked in their order, so that no two transactions wait for each other. Of two that insert
    /// the same one, the second waits for the first, fails, and finds it the next time.
    func lookUpIdentities(of signIns: [StoredSignIn]) -> Statement {
        Statement(
            """
            SELECT place, known.account, \(Self.microseconds("known.first_login")),
                \(Self.microseconds("known.last_login")), \(contacts(of: "known"))
            FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (issuer, subject, place)
            JOIN \(schema).account_identity AS known ON known.issuer = asked.issuer AND known.subject = asked.subject
            ORDER BY known.issuer, known.subject FOR UPDATE OF known
            """,
            [0, 1].map { column in ArrayLiteral(signIns.lazy.map { $0.values[column] }).text }
        )
    }

    /// Looks up these distinct identities, and the records in the places of those to put.
    func lookUp(_ signIns: [StoredSignIn]) -> [Statement] {
        let identities = lookUpIdentities(of: signIns)
        let records = signIns.flatMap { signIn in
            signIn.signIn.records.map { (key: $0.key, now: Microseconds.since1970(signIn.now)) }
        }
        guard !records.isEmpty else { return [identities] }
        let standing = Statement(
            """
            SELECT place, version, \(Self.isFree)
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

    /// The decisions on sign-ins, from the answers to ``lookUp(_:)``.
    ///
    /// - Throws: ``PostgresFailure`` if someone else wrote to the tables.
    func plan(_ signIns: [StoredSignIn], foundIn answers: [ResultRows]) throws(PostgresFailure) -> SignInPlan {
        var found: [Int: FoundIdentity] = [:]
        for row in answers[0].rows {
            guard row.count == 6, let place = row[0].flatMap({ Int($0) }), signIns.indices.contains(place - 1),
                let account = row[1].flatMap(AccountID.init(_:)), let firstLogin = row[2].flatMap({ Int64($0) }),
                let lastLogin = row[3].flatMap({ Int64($0) })
            else { throw .strangeAnswer }
            found[place - 1] = FoundIdentity(
                account: account, firstLogin: Microseconds.date(since1970: firstLogin),
                lastLogin: Microseconds.date(since1970: lastLogin),
                contacts: contacts(in: row.suffix(2), of: signIns[place - 1].key))
        }
        var standing: [Int: SignInPlan.Standing] = [:]
        for row in answers.dropFirst().flatMap(\.rows) {
            guard row.count == 3, let place = row[0].flatMap({ Int($0) }), let version = row[1].flatMap({ Int($0) })
            else { throw .strangeAnswer }
            standing[place - 1] = SignInPlan.Standing(version: version, isFree: row[2] == "t")
        }
        return SignInPlan(signIns, found: found, standing: standing)
    }

    /// Creates accounts, links and updates identities, and replaces contacts, as was decided.
    func keep(_ plan: SignInPlan) -> [Statement] {
        (plan.accounts.isEmpty ? [] : [create(plan.accounts)]) + (plan.links.isEmpty ? [] : [link(plan.links)])
            + (plan.updates.isEmpty ? [] : [update(plan.updates)])
            + (plan.changes.isEmpty ? [] : [countChanges(of: plan.changes)])
            + (plan.losses.isEmpty ? [] : [forgetContacts(of: plan.losses)])
            + (plan.contacts.isEmpty ? [] : [keepContacts(plan.contacts)])
    }

    private func create(_ accounts: [(id: AccountID, made: Date)]) -> Statement {
        Statement(
            """
            INSERT INTO \(schema).account (id, made)
            SELECT id, \(Self.time("made")) FROM unnest($1::uuid[], $2::bigint[]) AS asked (id, made) ORDER BY id
            """,
            [
                ArrayLiteral(accounts.map(\.id.description)).text,
                ArrayLiteral(accounts.map { "\(Microseconds.since1970($0.made))" }).text,
            ]
        )
    }

    private func link(_ links: [(signIn: StoredSignIn, account: AccountID)]) -> Statement {
        Statement(
            """
            INSERT INTO \(schema).account_identity (
                account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
            )
            SELECT account, issuer, subject, provider, alternate_identifiers, claims,
                \(Self.time("login")), \(Self.time("login"))
            FROM \(Self.asked(and: [("account", "uuid")])) ORDER BY issuer COLLATE "C", subject COLLATE "C"
            """,
            Self.arguments(of: links.map(\.signIn)) + [ArrayLiteral(links.map(\.account.description)).text]
        )
    }

    private func update(_ updates: [(signIn: StoredSignIn, update: IdentityUpdate)]) -> Statement {
        let latest = ["provider", "alternate_identifiers", "claims"].map { column in
            "\(column) = CASE WHEN is_latest THEN asked.\(column) ELSE known.\(column) END"
        }
        return Statement(
            """
            UPDATE \(schema).account_identity AS known SET \(latest.joined(separator: ", ")),
                first_login = \(Self.time("asked.first_login")), last_login = \(Self.time("asked.last_login"))
            FROM \(Self.asked(and: [("is_latest", "boolean"), ("first_login", "bigint"), ("last_login", "bigint")]))
            WHERE known.issuer = asked.issuer AND known.subject = asked.subject
            """,
            Self.arguments(of: updates.map(\.signIn)) + [
                ArrayLiteral(updates.map { $0.update.isLatest ? "t" : "f" }).text,
                ArrayLiteral(updates.map { "\(Microseconds.since1970($0.update.firstLogin))" }).text,
                ArrayLiteral(updates.map { "\(Microseconds.since1970($0.update.lastLogin))" }).text,
            ]
        )
    }

    /// First locks the rows in their order.
    private func countChanges(of accounts: [AccountID]) -> Statement {
        Statement(
            """
            UPDATE \(schema).account AS known SET version = version + 1
            FROM (
                SELECT held.id FROM unnest($1::uuid[]) AS asked (id) JOIN \(schema).account AS held ON held.id = asked.id
                ORDER BY held.id FOR NO KEY UPDATE OF held
            ) AS changed
            WHERE known.id = changed.id
            """,
            [ArrayLiteral(accounts.map(\.description)).text]
        )
    }

    private func forgetContacts(of identities: [IdentityKey]) -> Statement {
        Statement(
            """
            DELETE FROM \(schema).account_contact AS contact
            USING unnest($1::text[], $2::text[]) AS asked (issuer, subject)
            JOIN \(schema).account_identity AS known ON known.issuer = asked.issuer AND known.subject = asked.subject
            WHERE contact.identity = known.id
            """,
            Self.arguments(of: identities)
        )
    }

    private func keepContacts(_ contacts: [VerifiedContact]) -> Statement {
        Statement(
            """
            INSERT INTO \(schema).account_contact (identity, kind, value)
            SELECT known.id, kind, value
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS asked (issuer, subject, kind, value)
            JOIN \(schema).account_identity AS known ON known.issuer = asked.issuer AND known.subject = asked.subject
            """,
            Self.arguments(of: contacts.map(\.identity)) + [
                ArrayLiteral(contacts.map(\.kind.rawValue)).text,
                ArrayLiteral(contacts.map { StorableText.stored($0.value) }).text,
            ]
        )
    }

    /// The sign-ins as rows, with further columns.
    private static func asked(and others: [(String, String)]) -> String {
        let columns = StoredSignIn.columns + others
        let parameters = columns.enumerated().map { "$\($0 + 1)::\($1.1)[]" }.joined(separator: ", ")
        return "unnest(\(parameters)) AS asked (\(columns.map(\.0).joined(separator: ", ")))"
    }

    private static func arguments(of signIns: [StoredSignIn]) -> [String?] {
        StoredSignIn.columns.indices.map { column in ArrayLiteral(signIns.lazy.map { $0.values[column] }).text }
    }

    private static func arguments(of identities: [IdentityKey]) -> [String?] {
        [
            ArrayLiteral(identities.map(\.issuer.rawValue)).text,
            ArrayLiteral(identities.map { StorableText.stored($0.subject) }).text,
        ]
    }
}

extension PostgresFailure {
    fileprivate static let strangeAnswer = PostgresFailure(
        "it does not say which accounts it has found", mayHaveHappened: false, kind: .corrupt)
}
