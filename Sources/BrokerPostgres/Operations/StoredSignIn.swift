import IdentityBroker

import Foundation

/// A sign-in as the row that is sent to the server.
struct StoredSignIn: Sendable {
    /// The values sent, in order, with their types. Those that begin with `grant_` are NULL if no grant is opened.
    static let columns = [
        ("issuer", "text"), ("subject", "text"), ("account", "uuid"), ("provider", "text"),
        ("alternate_identifiers", "text"), ("claims", "text"), ("login", "bigint"), ("grant_id", "uuid"),
        ("grant_client", "text"), ("grant_expiry", "bigint"), ("grant_details", "text"),
    ]

    let key: IdentityKey
    /// The value of each column.
    let values: [String?]
    /// The size of the values in bytes.
    let size: Int

    /// - Throws: ``StoreFailure`` if a value exceeds its size limit.
    init(_ signIn: SignIn) throws(StoreFailure) {
        try StorableSize.check(signIn)
        key = signIn.key
        values = [
            signIn.key.issuer.rawValue, StorableText.stored(signIn.key.subject), signIn.newAccount.description,
            signIn.provider.rawValue, AlternateIdentifierList(signIn.alternateIdentifiers).text,
            StorableText.stored(signIn.claims), "\(Microseconds.since1970(signIn.time))", signIn.grant?.id.uuidString,
            (signIn.grant?.client).map(StorableText.stored),
            (signIn.grant?.expiry).map { "\(Microseconds.since1970($0))" },
            (signIn.grant?.details).map(StorableText.stored),
        ]
        size = values.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
    }
}
