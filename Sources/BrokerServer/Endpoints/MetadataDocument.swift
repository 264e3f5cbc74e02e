import BrokerTokens
import IdentityBroker

/// The service's metadata, re-encoded only when a reload has changed the accepted credentials.
final class MetadataDocument: Sendable {
    private let issuer: String
    private let algorithms: Set<SigningAlgorithm>
    private let broker: Broker
    private let latest = Locked<(kinds: Set<CredentialKind>, document: Result<PreparedDocument, OAuthError>)?>(nil)

    init(issuer: String, algorithms: Set<SigningAlgorithm>, broker: Broker) {
        self.issuer = issuer
        self.algorithms = algorithms
        self.broker = broker
    }

    /// - Throws: ``OAuthError`` `server_error` if it cannot be encoded.
    func document() throws(OAuthError) -> PreparedDocument {
        let kinds = broker.credentialKinds
        return try latest.withLock { latest in
            if let latest, latest.kinds == kinds { return latest.document }
            let document = PreparedDocument.encoding(
                AuthorizationServerMetadata(issuer: issuer, algorithms: algorithms, credentialKinds: kinds),
                cachedFor: .seconds(300))
            latest = (kinds, document)
            return document
        }.get()
    }
}
