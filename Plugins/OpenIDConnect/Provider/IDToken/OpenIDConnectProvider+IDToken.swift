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

    /// Verifies a signature. If no known key matches, fetches the key set once more, because providers rotate their keys
    /// (OpenID Connect Core §10.1.1).
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
            } catch CompactJWS.Fault.unknownKey {
                return try verify(with: try await exchange.refetched(keys))
            } catch CompactJWS.Fault.wrongSignature where token.jws.keyID == nil {
                // Without a name, a new key looks like a wrong signature.
                return try verify(with: try await exchange.refetched(keys))
            }
        } catch let fault as CompactJWS.Fault {
            throw IDTokenFault.invalid("is refused: \(fault.rawValue)")
        }
    }
}
