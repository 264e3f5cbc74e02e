#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker
import StrictJSON

/// Reads the token of a record, and verifies it where there is a key to do it with.
///
/// The algorithm is HS256, by decision and not by what the token's header names (RFC 8725 §3.1). The token is no proof of
/// the login, which the exchange itself is; so without a key an unreadable one only costs the comparison.
struct TokenInspector: Sendable {
    let key: Secret?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if there is a key and the token does not stand up to it.
    func inspect(_ record: GenAuthUserRecord, at now: Date) throws(BrokerError) -> TokenInspection {
        guard let value = record.token, !value.isNull, value.string != "" else {
            if key != nil { throw Self.refused("is absent") }
            return TokenInspection()
        }
        var inspection = TokenInspection(token: value.string.map(Secret.init))
        if let jws = value.string.flatMap(CompactJWS.init), let claims = TokenClaims(jws.payload) {
            if let key {
                try verify(jws, claims, with: key)
            } else if !jws.isPlainHS256 {
                inspection.notices.append(.upstreamTokenUnverified)
            }
            inspection.claims = claims
        } else {
            if key != nil { throw Self.refused("cannot be read") }
            inspection.notices.append(.upstreamTokenUnreadable)
        }
        inspection.expiry = [inspection.claims?.expiry, record.tokenExpiredAt.flatMap(UpstreamTime.init)?.date]
            .compactMap(\.self).min()
        if let expiry = inspection.expiry, expiry <= now { inspection.notices.append(.upstreamTokenExpired) }
        return inspection
    }

    /// A token that says neither whose it is, nor of which pool, nor until when, verifies nothing by verifying.
    private func verify(_ jws: CompactJWS, _ claims: TokenClaims, with key: Secret) throws(BrokerError) {
        guard jws.isPlainHS256 else { throw Self.refused("is not signed with HS256") }
        guard jws.isSignedWithHS256(by: key) else { throw Self.refused("does not verify with tokenKey") }
        guard claims.id != nil || claims.subject != nil, claims.clientId != nil, claims.expiry != nil else {
            throw Self.refused("lacks its id, clientId or exp")
        }
    }

    private static func refused(_ fault: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "A tokenKey is set, but GenAuth's token \(fault).")
    }
}
