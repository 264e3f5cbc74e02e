import IdentityBroker

import Foundation

/// A sign-in as the row that is sent to the server.
struct StoredSignIn: Sendable {
    /// The values sent, in order, with their types.
    static let columns = [
        ("issuer", "text"), ("subject", "text"), ("provider", "text"), ("alternate_identifiers", "text"),
        ("claims", "text"), ("login", "bigint"),
    ]

    let signIn: SignIn
    /// The value of each column.
    let values: [String?]
    /// The size of the values and of the records' bodies in bytes.
    let size: Int

    var key: IdentityKey { signIn.key }

    /// - Throws: ``StoreFailure`` if a value exceeds its size limit.
    init(_ signIn: SignIn) throws(StoreFailure) {
        try StorableSize.check(signIn)
        self.signIn = signIn
        values = [
            signIn.key.issuer.rawValue, StorableText.stored(signIn.key.subject), signIn.provider.rawValue,
            AlternateIdentifierList(signIn.alternateIdentifiers).text,
            StorableText.stored(signIn.claims), "\(Microseconds.since1970(signIn.time))",
        ]
        size =
            values.reduce(0) { $0 + ($1?.utf8.count ?? 0) } + signIn.records.reduce(0) { $0 + $1.body.count }
    }
}
