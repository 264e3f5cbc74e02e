import Foundation
import IdentityBroker
import JOSE
import StrictJSON

/// Reads the token of a record, and verifies it if there is a key.
///
/// The algorithm is HS256, whatever the token's header says (RFC 8725 §3.1). The exchange itself proves the login, not
/// the token, so without a key an unreadable token only cannot be compared with the record.
struct TokenInspector: Sendable {
    let key: Secret?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if there is a key and it does not verify the token.
    func inspect(_ record: GenAuthUserRecord, at now: Date) throws(BrokerError) -> TokenInspection {
        guard let value = record.token, !value.isNull, value.string != "" else {
            if key != nil { throw Self.refused("is absent") }
            return TokenInspection()
        }
        var inspection = TokenInspection(token: value.string.map(Secret.init))
        if let (jws, claims) = value.string.flatMap(Self.read) {
            if let key {
                try verify(jws, claims, with: key)
            } else if jws.algorithm != .hs256 || jws.header["crit"] != nil {
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

    /// A token that names neither the user, nor the pool, nor an expiry proves nothing, even if it verifies.
    private func verify(_ jws: CompactJWS, _ claims: TokenClaims, with key: Secret) throws(BrokerError) {
        do throws(CompactJWS.Fault) {
            try jws.verify(allowing: [.hs256]) { _, _ in [VerificationKey(secret: key.revealBytes())] }
        } catch {
            switch error {
            case .criticalExtension: throw Self.refused("names a critical extension")
            case .algorithmNotAllowed: throw Self.refused("is not signed with HS256")
            default: throw Self.refused("does not verify with tokenKey")
            }
        }
        guard claims.id != nil || claims.subject != nil, claims.clientId != nil, claims.expiry != nil else {
            throw Self.refused("lacks its id, clientId or exp")
        }
    }

    /// Nil unless the text is a token whose payload is an object of the known form.
    private static func read(_ text: String) -> (CompactJWS, TokenClaims)? {
        let reader = JSONReader.upstream
        guard
            let jws = try? CompactJWS(text, mostBytes: reader.limits.maximumBytes, headerReader: reader),
            let payload = (try? reader.read(jws.payload))?.object, let claims = TokenClaims(payload)
        else { return nil }
        return (jws, claims)
    }

    private static func refused(_ fault: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "A tokenKey is set, but GenAuth's token \(fault).")
    }
}

/// The result of inspecting the record's token.
struct TokenInspection {
    /// The token unchanged; nil if there is none.
    var token: Secret?
    /// Its claims; nil if it is absent or unreadable.
    var claims: TokenClaims?
    /// When it expires: `exp` or the record's `tokenExpiredAt`, the earlier of the two.
    var expiry: Date?
    var notices: [WXAppNotice] = []
}

/// The claims of GenAuth's token: `data` with `id`, `clientId` (the user pool) and `unionid`, or `sub` in an ID token
/// of the later service.
struct TokenClaims {
    let id: JSONValue?
    let clientId: JSONValue?
    let unionid: JSONValue?
    let subject: JSONValue?
    /// `exp` (RFC 7519 §4.1.4); nil if it is absent or beyond the year 9999.
    let expiry: Date?

    /// Nil if `data` is present and not an object.
    init?(_ payload: JSONObject) {
        if let data = payload["data"], data.object == nil { return nil }
        let data = payload["data"]
        id = data?["id"]
        clientId = data?["clientId"]
        unionid = data?["unionid"]
        subject = payload["sub"]
        expiry = payload["exp"]?.double.flatMap { seconds in
            (0...UpstreamTime.latest).contains(seconds) ? Date(timeIntervalSince1970: seconds) : nil
        }
    }
}
