import IdentityBroker

/// What the statements about accounts return.
extension StoreRow {
    private enum AccountColumn: Int {
        case account
    }

    /// The id in a row of ``StoreStatement/accountsWithContact``.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func account() throws(StoreFailure) -> AccountID {
        guard let id = uuid(AccountColumn.account) else { throw .strangeAccount }
        return AccountID(id)
    }

    private enum VersionColumn: Int {
        case version
    }

    /// The version in a row of ``StoreStatement/accountVersion``.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func version() throws(StoreFailure) -> Int {
        guard let version = integer(VersionColumn.version) else { throw .strangeAccount }
        return Int(version)
    }

    private enum KnownColumn: Int {
        case account, firstLogin, lastLogin, kind, value
    }

    /// The identity in the rows of ``StoreStatement/knownIdentity``; nil if there are none.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the tables.
    static func foundIdentity(_ key: IdentityKey, in rows: [StoreRow]) throws(StoreFailure) -> FoundIdentity? {
        guard let first = rows.first else { return nil }
        guard let account = first.uuid(KnownColumn.account), let firstLogin = first.time(KnownColumn.firstLogin),
            let lastLogin = first.time(KnownColumn.lastLogin)
        else { throw .strangeAccount }
        let contacts = rows.compactMap { row -> VerifiedContact? in
            guard let kind = row.text(KnownColumn.kind).flatMap(VerifiedContact.Kind.init(rawValue:)),
                let value = row.text(KnownColumn.value)
            else { return nil }
            return VerifiedContact(kind: kind, value: value, identity: key)
        }
        return FoundIdentity(
            account: AccountID(account), firstLogin: firstLogin, lastLogin: lastLogin,
            contacts: contacts.sorted { $0.kind.rawValue < $1.kind.rawValue })
    }

    private enum ContactColumn: Int {
        case issuer, subject, kind, value
    }

    /// The contact in a row of ``StoreStatement/contactsOfAccount``.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the tables.
    func contact() throws(StoreFailure) -> VerifiedContact {
        guard let issuer = text(ContactColumn.issuer).flatMap(Issuer.init),
            let subject = text(ContactColumn.subject),
            let kind = text(ContactColumn.kind).flatMap(VerifiedContact.Kind.init(rawValue:)),
            let value = text(ContactColumn.value)
        else { throw .strangeAccount }
        return VerifiedContact(
            kind: kind, value: value, identity: IdentityKey(issuer: issuer, subject: subject))
    }
}

extension StoreFailure {
    fileprivate static var strangeAccount: StoreFailure {
        StoreFailure(
            "The account of an identity is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
    }
}
