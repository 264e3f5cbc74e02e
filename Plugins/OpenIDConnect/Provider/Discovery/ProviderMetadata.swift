import IdentityBroker
import JOSE
import OAuthClient
import StrictJSON

/// What a provider says of itself (OpenID Connect Discovery 1.0 §3), as far as it is used.
struct ProviderMetadata: Sendable, Hashable {
    /// Where it is reached. None is derived from another.
    struct Endpoints: Sendable, Hashable {
        var authorization: Endpoint?
        var token: Endpoint?
        var userInfo: Endpoint?
        var keys: Endpoint?
        /// Where authorization requests are pushed (RFC 9126 §5).
        var push: Endpoint?
        /// Where users sign out (RP-Initiated Logout 1.0 §2.1).
        var endSession: Endpoint?
    }

    var endpoints: Endpoints
    /// The methods by which clients may authenticate, in the provider's order; nil if it does not say.
    var authMethods: [String]?
    /// The algorithms of its ID tokens; nil if it does not say.
    var idTokenAlgorithms: Set<SignatureAlgorithm>?
    /// Whether each answer of the authorization endpoint names the issuer (RFC 9207).
    var namesItself = false
    /// Whether it takes only pushed authorization requests (RFC 9126 §5).
    var requiresPush = false

    /// A provider of which only the endpoints are known.
    init(endpoints: Endpoints) {
        self.endpoints = endpoints
    }

    /// Reads a discovery document.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` if it is another issuer's, and of kind `upstreamMisbehaved` if
    ///   it cannot be read.
    init(_ document: JSONObject, of issuer: String) throws(BrokerError) {
        // Discovery §4.3. Before all else, because the rest is only as good as this.
        guard let name = document["issuer"]?.string else { throw Self.unreadable("names no issuer") }
        guard name.utf8.elementsEqual(issuer.utf8) else {
            throw BrokerError(
                .misconfigured,
                """
                The provider's discovery document is for another issuer\(Self.shown(name)). \
                Set issuer exactly as the provider spells it.
                """)
        }
        endpoints = Endpoints(
            authorization: try Self.endpoint("authorization_endpoint", in: document),
            token: try Self.endpoint("token_endpoint", in: document),
            userInfo: try Self.endpoint("userinfo_endpoint", in: document),
            keys: try Self.endpoint("jwks_uri", in: document),
            push: try Self.endpoint("pushed_authorization_request_endpoint", in: document),
            // No login needs it, so one that cannot be read fails none.
            endSession: document["end_session_endpoint"]?.string.flatMap(Endpoint.init))
        authMethods = try Self.list("token_endpoint_auth_methods_supported", in: document)
        idTokenAlgorithms = try Self.list("id_token_signing_alg_values_supported", in: document).map { names in
            Set(names.compactMap(SignatureAlgorithm.init))
        }
        namesItself = document["authorization_response_iss_parameter_supported"]?.bool ?? false
        requiresPush = document["require_pushed_authorization_requests"]?.bool ?? false
    }

    /// An issuer for a message, if it is an address and not too long.
    private static func shown(_ issuer: String) -> String {
        issuer.utf8.count <= 200 && Endpoint(issuer) != nil ? ", \(issuer)" : ""
    }

    /// The same with these endpoints in place of its own.
    func replacing(_ others: Endpoints) -> ProviderMetadata {
        var copy = self
        copy.endpoints.authorization = others.authorization ?? endpoints.authorization
        copy.endpoints.token = others.token ?? endpoints.token
        copy.endpoints.userInfo = others.userInfo ?? endpoints.userInfo
        copy.endpoints.keys = others.keys ?? endpoints.keys
        copy.endpoints.endSession = others.endSession ?? endpoints.endSession
        return copy
    }

    /// An endpoint that a login cannot do without.
    func endpoint(_ path: KeyPath<Endpoints, Endpoint?>, _ name: String) throws(BrokerError) -> Endpoint {
        guard let endpoint = endpoints[keyPath: path] else {
            throw BrokerError(
                .misconfigured, "The provider's discovery document has no \(name). Set it under endpoints.")
        }
        return endpoint
    }

    private static func endpoint(_ name: String, in document: JSONObject) throws(BrokerError) -> Endpoint? {
        switch document[name] {
        case nil, .null: return nil
        case .string(let text):
            guard let endpoint = Endpoint(text) else {
                throw unreadable(
                    "gives as \(name) what is not an absolute URL of https or http without user name and fragment")
            }
            return endpoint
        default: throw unreadable("gives as \(name) what is not text")
        }
    }

    private static func list(_ name: String, in document: JSONObject) throws(BrokerError) -> [String]? {
        switch document[name] {
        case nil, .null: return nil
        case let value?:
            guard let texts = value.strings else { throw unreadable("has \(name) that is not a list of texts") }
            return texts
        }
    }

    private static func unreadable(_ fault: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "The provider's discovery document cannot be used: it \(fault).")
    }
}
