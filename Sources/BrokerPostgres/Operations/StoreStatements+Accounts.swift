import IdentityBroker

extension StoreStatements {
    /// The contacts of an identity, one column for each kind, as ``contacts(in:of:)`` reads them.
    func contacts(of identity: String) -> String {
        VerifiedContact.Kind.allCases.map { kind in
            """
            (SELECT value FROM \(schema).account_contact AS contact
                WHERE contact.identity = \(identity).id AND kind = '\(kind.rawValue)')
            """
        }.joined(separator: ", ")
    }

    func contacts(in columns: some Collection<String?>, of identity: IdentityKey) -> [VerifiedContact] {
        zip(VerifiedContact.Kind.allCases, columns).compactMap { kind, value in
            value.flatMap(StorableText.original).map { VerifiedContact(kind: kind, value: $0, identity: identity) }
        }
    }

    /// Reads the identities of an account, oldest first, each with the account's version.
    func identities(of account: AccountID) -> Statement {
        Statement(
            """
            SELECT version, issuer, subject, provider, alternate_identifiers, claims,
                \(Self.microseconds("first_login")), \(Self.microseconds("last_login")), \(contacts(of: "known"))
            FROM \(schema).account JOIN \(schema).account_identity AS known ON known.account = account.id
            WHERE account.id = $1::uuid ORDER BY known.first_login, known.id
            """,
            [account.description]
        )
    }

    /// The account in the rows of ``identities(of:)``; nil if there are none.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the tables.
    func account(_ id: AccountID, in rows: [[String?]]) throws(StoreFailure) -> Account? {
        guard let first = rows.first else { return nil }
        guard let version = first.first.flatMap(\.self).flatMap({ Int($0) }) else { throw .strangeIdentity }
        let identities = try rows.map { row throws(StoreFailure) in try identity(of: row) }
        let contacts = zip(rows, identities).flatMap { self.contacts(in: $0.suffix(2), of: $1.key) }
        return Account(id: id, version: version, identities: identities, contacts: contacts)
    }

    private func identity(of row: [String?]) throws(StoreFailure) -> LinkedIdentity {
        guard row.count == 10,
            let issuer = row[1].flatMap(Issuer.init),
            let subject = row[2].flatMap(StorableText.original),
            let provider = row[3].flatMap(ProviderID.init(_:)),
            let alternates = row[4].flatMap(AlternateIdentifierList.init(text:)),
            let claims = row[5].flatMap(StorableText.original),
            let firstLogin = row[6].flatMap({ Int64($0) }),
            let lastLogin = row[7].flatMap({ Int64($0) })
        else { throw .strangeIdentity }
        return LinkedIdentity(
            key: IdentityKey(issuer: issuer, subject: subject),
            provider: provider,
            alternateIdentifiers: alternates.identifiers,
            claims: claims,
            firstLogin: Microseconds.date(since1970: firstLogin),
            lastLogin: Microseconds.date(since1970: lastLogin)
        )
    }

    /// Reads the accounts of the identities with a contact, in the order in which these were linked.
    func accounts(with kind: VerifiedContact.Kind, _ value: String, atMost count: Int) -> Statement {
        Statement(
            """
            SELECT known.account
            FROM (
                SELECT identity FROM \(schema).account_contact WHERE kind = $1 AND value = $2
                ORDER BY identity LIMIT $3::bigint
            ) AS contact
            JOIN \(schema).account_identity AS known ON known.id = contact.identity ORDER BY known.id
            """,
            [kind.rawValue, StorableText.stored(value), "\(count)"]
        )
    }

    /// The account in a row of ``accounts(with:_:atMost:)``.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the tables.
    func account(of row: [String?]) throws(StoreFailure) -> AccountID {
        guard let account = row.first.flatMap(\.self).flatMap(AccountID.init(_:)) else { throw .strangeIdentity }
        return account
    }
}

extension StoreFailure {
    fileprivate static var strangeIdentity: StoreFailure {
        StoreFailure(
            "The identity of an account is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
    }
}
