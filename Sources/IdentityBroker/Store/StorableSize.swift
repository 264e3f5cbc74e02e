/// The size limits of stored values, checked before a transaction begins that others may share.
package enum StorableSize {
    /// One mebibyte, for each identity.
    private static let greatest = 1024 * 1024
    /// From OpenID Connect Core §2. An index contains the whole subject.
    private static let greatestSubject = 255

    /// - Throws: ``StoreFailure``; nothing has changed.
    package static func check(_ signIn: SignIn) throws(StoreFailure) {
        guard signIn.key.subject.utf8.count <= greatestSubject else {
            throw StoreFailure("The subject of an identity has more than 255 bytes.", mayHaveHappened: false)
        }
        let alternates = signIn.alternateIdentifiers.flatMap { [$0.type, $0.scope ?? "", $0.value] }
        guard ([signIn.claims] + alternates).reduce(0, { $0 + $1.utf8.count }) <= greatest else {
            throw StoreFailure("An identity has more than 1 MiB.", mayHaveHappened: false)
        }
        _ = try signIn.plan(for: signIn.newAccount)
    }
}
