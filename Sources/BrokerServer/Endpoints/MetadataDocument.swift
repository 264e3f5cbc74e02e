import BrokerServing
import BrokerTokens
import Foundation
import IdentityBroker
import StrictJSON

/// The service's metadata, re-encoded only when a reload has changed what they say.
final class MetadataDocument: Sendable {
    private let tokens: TokenService
    private let languages: [LoginPages.Language]
    private let latest = Locked<(abilities: ServiceAbilities, document: PreparedDocument)?>(nil)

    /// - Parameter languages: Those of the pages.
    init(of tokens: TokenService, in languages: [LoginPages.Language]) {
        self.tokens = tokens
        self.languages = languages
    }

    func document() -> PreparedDocument {
        let abilities = ServiceAbilities(tokens)
        return latest.withLock { latest in
            if let latest, latest.abilities == abilities { return latest.document }
            let metadata = AuthorizationServerMetadata(
                issuer: tokens.issuer, algorithms: tokens.keys.algorithms, abilities: abilities, languages: languages)
            let document = PreparedDocument(json: Data(metadata.members.jsonBytes), cachedFor: .seconds(300))
            latest = (abilities, document)
            return document
        }
    }
}
