import IdentityBroker
import JOSE
import StrictJSON

extension OpenIDConnectProvider {
    /// The token, once its signature and claims are those of an ID token of this provider for this client.
    ///
    /// - Throws: ``BrokerError``.
    func verified(
        _ text: String,
        from arrival: IDTokenRules.Arrival,
        by metadata: ProviderMetadata,
        _ keys: SharedValue<JSONWebKeySet>?,
        in exchange: ExchangeContext
    ) async throws -> SignedClaims {
        do {
            let token = try SignedClaims(text)
            try token.checkType(declaredAs: peculiarities.idTokenType)
            // First: it decides whose keys may have signed.
            let issuer = try rules.issuers.issuer(of: token.claims)
            let algorithm = try await verify(
                token, of: issuer, allowing: try algorithms(by: metadata), keys, in: exchange)
            try rules.check(token.claims, signedBy: algorithm, from: arrival, at: clock.now())
            return token
        } catch let fault as IDTokenFault {
            throw fault.failure(isNative: arrival.isNative)
        }
    }

    /// Verifies a signature. If no known key verifies it, fetches the key set once more, because providers rotate their keys
    /// (OpenID Connect Core §10.1.1), and some give a new key the name of the old one.
    ///
    /// - Throws: ``IDTokenFault``, and ``BrokerError`` if there are no keys to be had.
    func verify(
        _ token: SignedClaims,
        of issuer: String,
        allowing algorithms: Set<SignatureAlgorithm>,
        _ keys: SharedValue<JSONWebKeySet>?,
        in exchange: ExchangeContext
    ) async throws -> SignatureAlgorithm {
        func verify(with set: JSONWebKeySet) throws(CompactJWS.Fault) -> SignatureAlgorithm {
            try token.verify(allowing: algorithms, secretKey: rules.secretKey, keys: set, issuer: issuer)
        }
        do {
            guard let keys, token.jws.algorithm != .hs256 else { return try verify(with: JSONWebKeySet([])) }
            do {
                return try verify(with: try await exchange.shared(keys))
            } catch let fault as CompactJWS.Fault where fault.isKeys {
                return try verify(with: try await exchange.refetched(keys))
            }
        } catch CompactJWS.Fault.algorithmNotAllowed {
            // Only the name of an algorithm that is known: others are the sender's text.
            let name = token.jws.algorithm.map { " \($0.rawValue)" } ?? ""
            throw IDTokenFault.invalid(
                "is refused: its algorithm\(name) is not one of idTokenAlgorithms, or not one that the provider announces"
            )
        } catch let fault as CompactJWS.Fault {
            throw IDTokenFault.invalid("is refused: \(fault.rawValue)")
        }
    }
}

extension CompactJWS.Fault {
    /// Whether other keys could verify the token.
    fileprivate var isKeys: Bool { [.unknownKey, .unusableKey, .wrongSignature].contains(self) }
}
