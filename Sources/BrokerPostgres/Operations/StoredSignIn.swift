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
    /// Its index in its commit.
    let place: Int
    /// The time by the caller's clock.
    let now: Date
    /// The value of each column.
    let values: [String?]
    /// The size of the values and of the records' bodies in bytes.
    let size: Int

    var key: IdentityKey { signIn.key }

    /// - Parameter signIn: A sign-in within the limits.
    init(_ signIn: SignIn, place: Int, now: Date) {
        self.signIn = signIn
        self.place = place
        self.now = now
        values = [
            signIn.key.issuer.rawValue, StorableText.stored(signIn.key.subject), signIn.provider.rawValue,
            AlternateIdentifierList(signIn.alternateIdentifiers).text,
            StorableText.stored(signIn.claims), "\(Microseconds.since1970(signIn.time))",
        ]
        size =
            values.reduce(0) { $0 + ($1?.utf8.count ?? 0) } + signIn.records.reduce(0) { $0 + $1.body.count }
    }
}
