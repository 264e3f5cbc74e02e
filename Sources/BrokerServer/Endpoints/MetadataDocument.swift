import BrokerTokens
import IdentityBroker
import StrictJSON

import Foundation

/// The service's metadata, re-encoded only when a reload has changed the accepted credentials.
final class MetadataDocument: Sendable {
    private let issuer: String
    private let algorithms: Set<SigningAlgorithm>
    private let broker: Broker
    private let latest = Locked<(kinds: Set<CredentialKind>, document: PreparedDocument)?>(nil)

    init(issuer: String, algorithms: Set<SigningAlgorithm>, broker: Broker) {
        self.issuer = issuer
        self.algorithms = algorithms
        self.broker = broker
    }

    func document() -> PreparedDocument {
        let kinds = broker.credentialKinds
        return latest.withLock { latest in
            if let latest, latest.kinds == kinds { return latest.document }
            let metadata = AuthorizationServerMetadata(issuer: issuer, algorithms: algorithms, credentialKinds: kinds)
            let document = PreparedDocument(json: Data(metadata.members.jsonBytes), cachedFor: .seconds(300))
            latest = (kinds, document)
            return document
        }
    }
}
