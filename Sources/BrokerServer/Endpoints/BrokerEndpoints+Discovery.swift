import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker
import StrictJSON

/// Discovery endpoints.
extension BrokerEndpoints {
    func addDiscovery<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (providers, keys) = (providers, keys)
        let description = PreparedDocument(json: ServiceDescription.json, cachedFor: .seconds(300))
        addMetadata(at: ".well-known/openid-configuration", to: router)
        Route<Context>("oauth2/jwks").get { _, _ in
            Response(json: keys.jwks, cachedFor: Self.keySetLifetime)
        }.add(to: router)
        Route<Context>("providers").get { _, _ in providers.list() }.add(to: router)
        Route<Context>("providers/{id}/launch").get { _, context in
            providers.launch(context.parameters.get("id"))
        }.add(to: router)
        Route<Context>("openapi.json").get { _, _ in description.response }.add(to: router)
    }

    func addMetadata<Context: RequestContext>(at path: RouterPath, to router: RouterGroup<Context>) {
        let metadata = MetadataDocument(
            issuer: context.tokens.issuer, algorithms: keys.algorithms, broker: providers.broker)
        Route<Context>(path).get { _, _ in metadata.document().response }.add(to: router)
    }
}

/// What clients discover about the service (RFC 8414 §2, OpenID Connect Discovery 1.0 §3).
struct AuthorizationServerMetadata {
    let issuer: String
    let algorithms: Set<SigningAlgorithm>
    let credentialKinds: Set<CredentialKind>

    /// The metadata as JSON.
    var members: JSONObject {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let resourceAuthentication = ["client_secret_basic", "client_secret_post"]
        let clientAuthentication = resourceAuthentication + ["none"]
        return [
            "issuer": .string(issuer),
            "token_endpoint": .string("\(base)/oauth2/token"),
            "revocation_endpoint": .string("\(base)/oauth2/revoke"),
            "introspection_endpoint": .string("\(base)/oauth2/introspect"),
            "userinfo_endpoint": .string("\(base)/oauth2/userinfo"),
            "jwks_uri": .string("\(base)/oauth2/jwks"),
            "providers_endpoint": .string("\(base)/providers"),
            "scopes_supported": .strings(Scope.allCases.map(\.rawValue)),
            // There is no authorization endpoint, but the member is required.
            "response_types_supported": [],
            "grant_types_supported": .strings(TokenEndpoint.grantTypes.map(\.rawValue)),
            "token_endpoint_auth_methods_supported": .strings(clientAuthentication),
            "revocation_endpoint_auth_methods_supported": .strings(clientAuthentication),
            "introspection_endpoint_auth_methods_supported": .strings(resourceAuthentication),
            "subject_token_types_supported": .strings(credentialKinds.map(\.subjectTokenType).sorted()),
            // The account's id is the same for all clients.
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": .strings(algorithms.map(\.rawValue).sorted()),
            // Left out it would mean yes.
            "request_uri_parameter_supported": false,
        ]
    }
}

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
