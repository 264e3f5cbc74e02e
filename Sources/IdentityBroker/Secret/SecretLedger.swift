/// The secrets that a provider instance has resolved, so that the pipeline can keep them out of errors and logs.
package final class SecretLedger: Sendable {
    private let secrets = Locked<[Secret]>([])

    package init() {}

    var count: Int { secrets.withLock { $0.count } }

    func add(_ secret: Secret) {
        // A provider may resolve at every login, and a secret may have been rotated in between.
        secrets.withLock { if !$0.contains(secret) { $0.append(secret) } }
    }

    /// A redactor for the secrets resolved so far, and for one login's credential.
    func redactor(with credential: Credential? = nil) -> Redactor {
        Redactor(secrets.withLock { $0 } + (credential?.secrets ?? []))
    }
}
