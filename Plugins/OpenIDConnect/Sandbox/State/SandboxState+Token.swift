import BrokerSandbox
import Crypto
import Foundation

extension SandboxState {
    /// Keeps the parameters of an authorization request (RFC 9126 §2).
    mutating func push(
        _ form: [String: String],
        _ authorization: [String],
        at now: Date
    ) throws(Refusal) -> VendorAnswer {
        try authenticate(form, authorization, at: now)
        // §2.1: a request refers to no other one.
        guard form["request_uri"] == nil, form["client_id"] == client.id else { throw .request }
        let reference = "urn:ietf:params:oauth:request_uri:\(handle("request"))"
        pushedRequests.add(form, as: reference, for: Self.pushLifetime, at: now)
        return VendorAnswer(
            status: 201,
            members: ["request_uri": .text(reference), "expires_in": .number(Int(Self.pushLifetime))])
    }

    /// Redeems a code (RFC 6749 §4.1.3). Whatever the client presents it with, it can do so once.
    mutating func redeem(
        _ form: [String: String],
        _ authorization: [String],
        at now: Date
    ) throws -> VendorAnswer {
        try authenticate(form, authorization, at: now)
        guard form["grant_type"] == "authorization_code" else { throw Refusal.grantType }
        guard vendor.challenges != .refused || form["code_verifier"] == nil else { throw Refusal.client }
        guard let code = form["code"] else { throw Refusal.request }
        guard let issued = codes.value(of: code, at: now) else { throw Refusal.code }
        if let accessToken = issued.accessToken {
            // §4.1.2: what was issued for a code that is presented again may be a thief's.
            accessTokens.remove(accessToken)
            throw Refusal.usedCode
        }
        codes.update(code) { $0.accessToken = "" }
        let parameters = issued.consent.parameters
        guard form["redirect_uri"] == parameters["redirect_uri"] else { throw Refusal.redirectURI }
        if vendor.challenges != .refused {
            // RFC 7636 §4.6; RFC 9700 §4.8.2: a verifier without a challenge is refused as well.
            let challenge = form["code_verifier"].map { Base64URL.encode(SHA256.hash(data: Data($0.utf8))) }
            guard challenge == parameters["code_challenge"] else { throw Refusal.verifier }
        }
        let accessToken = handle("access")
        codes.update(code) { $0.accessToken = accessToken }
        accessTokens.add(issued.consent, as: accessToken, for: Self.tokenLifetime, at: now)
        var answer = vendor.tokens
        answer["access_token"] = .text(accessToken)
        answer["id_token"] = .text(try idToken(for: issued.consent, form, beside: accessToken, at: now))
        return VendorAnswer(status: 200, members: answer)
    }

    /// The ID token for a code (OpenID Connect Core §2, §3.1.3.6).
    private func idToken(
        for consent: Consent,
        _ form: [String: String],
        beside accessToken: String,
        at now: Date
    ) throws -> String {
        var claims = claims(of: consent, at: now)
        claims["at_hash"] = .text(Base64URL.encode(SHA256.hash(data: Data(accessToken.utf8)).prefix(16)))
        if vendor.returnsNonce { claims["nonce"] = consent.parameters["nonce"].map(JSON.text) }
        if consent.parameters["max_age"] != nil { claims["auth_time"] = .number(Int(now.timeIntervalSince1970)) }
        if let parameter = vendor.keyParameter, form[parameter.name] != parameter.value {
            return try JSONWebToken.sign(claims, secret: client.secret)
        }
        return try key.sign(claims)
    }

    /// An ID token as a person's app gets it from the vendor's SDK.
    ///
    /// - Parameter nonce: The nonce that the app has passed to the SDK.
    func nativeIDToken(for person: Person, nonce: String, at now: Date) throws -> String {
        let consent = Consent(person: person, parameters: ["nonce": nonce], isNative: true)
        var claims = claims(of: consent, at: now)
        let digest = SHA256.hash(data: Data(nonce.utf8)).map { byte in
            (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        }
        if vendor.returnsNonce { claims["nonce"] = .text(vendor.hashesNativeNonces ? digest.joined() : nonce) }
        return try key.sign(claims)
    }

    private func claims(of consent: Consent, at now: Date) -> Members {
        var claims = vendor.claims(consent)
        let issued = Int(now.timeIntervalSince1970)
        claims["iss"] = .text(vendor.tokenIssuer(consent.person, issuer))
        claims["sub"] = .text(vendor.subject(consent.person))
        claims["aud"] = .text(client.id)
        (claims["iat"], claims["exp"]) = (.number(issued), .number(issued + Int(Self.tokenLifetime)))
        claims["jti"] = .text(handle("token"))
        return claims
    }

    /// The claims of the person whose access token this is (OpenID Connect Core §5.3); nil if it is none.
    func userInfo(_ authorization: [String], at now: Date) -> Members? {
        guard authorization.count == 1, authorization[0].hasPrefix("Bearer "), let userInfo = vendor.userInfo,
            let consent = accessTokens.value(of: String(authorization[0].dropFirst("Bearer ".count)), at: now)
        else { return nil }
        return userInfo(consent).with(["sub": .text(vendor.subject(consent.person))])
    }
}
