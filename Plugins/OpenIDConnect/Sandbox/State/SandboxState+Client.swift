import BrokerSandbox
import Crypto
import Foundation

extension SandboxState {
    /// Checks that a request comes from the client (OpenID Connect Core §9).
    ///
    /// - Parameters:
    ///   - form: The form that it posts.
    ///   - authorization: The values of the field `Authorization`.
    mutating func authenticate(_ form: [String: String], _ authorization: [String], at now: Date) throws(Refusal) {
        guard form["client_id"].map({ $0 == client.id }) ?? true else { throw .client }
        let method: ClientMethod
        if !authorization.isEmpty {
            guard authorization == [basic], form["client_secret"] == nil else { throw .client }
            method = .basic
        } else if let assertion = form["client_assertion"] {
            try check(assertion, type: form["client_assertion_type"], at: now)
            method = .privateKeyJWT
        } else if let secret = form["client_secret"] {
            guard form["client_id"] != nil, isSecret(secret, at: now) else { throw .client }
            method = .post
        } else {
            guard form["client_id"] != nil else { throw .client }
            method = .none
        }
        guard client.methods.contains(method) else { throw .client }
    }

    private var basic: String {
        let parts = [client.id, client.secret].map { FormText.encode([$0: ""]).dropLast() }
        return "Basic \(Data(parts.joined(separator: ":").utf8).base64EncodedString())"
    }

    private func isSecret(_ text: String, at now: Date) -> Bool {
        guard let signed = vendor.signedSecret else { return text == client.secret }
        guard let token = JSONWebToken.verified(text, by: client.key.publicKey) else { return false }
        return token.header["kid"] as? String == signed.keyId && token.claims["iss"] as? String == signed.team
            && token.claims["sub"] as? String == client.id && token.claims["aud"] as? String == issuer
            && isTimely(token.claims, at: now)
    }

    /// Checks an assertion of the client (RFC 7523 §3). It can be presented once.
    private mutating func check(_ assertion: String, type: String?, at now: Date) throws(Refusal) {
        guard type == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let token = JSONWebToken.verified(assertion, by: client.key.publicKey),
            token.claims["iss"] as? String == client.id, token.claims["sub"] as? String == client.id,
            let audience = token.claims["aud"] as? String, [issuer, url(of: .token)].contains(audience),
            isTimely(token.claims, at: now), let id = token.claims["jti"] as? String,
            assertionIDs.value(of: id, at: now) == nil
        else { throw .client }
        // Past this time, it is not timely any more.
        assertionIDs.add((), as: id, for: Self.assertionLifetime + 1, at: now)
    }

    private func isTimely(_ claims: [String: Any], at now: Date) -> Bool {
        guard let expiry = claims["exp"] as? Double else { return false }
        return (0...Self.assertionLifetime).contains(expiry - now.timeIntervalSince1970)
    }
}
