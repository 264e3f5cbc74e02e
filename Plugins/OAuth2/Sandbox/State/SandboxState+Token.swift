import BrokerSandbox
import Crypto
import Foundation

extension SandboxState {
    /// Redeems a code (RFC 6749 §4.1.3). Whatever the client presents it with, it can do so once.
    mutating func redeem(_ request: ClientRequest, at now: Date) throws(TokenRefusal) -> VendorAnswer {
        guard request.method == vendor.tokenMethod else { throw .request }
        try authenticate(request)
        let parameters = request.parameters
        guard parameters["grant_type"].map({ $0 == "authorization_code" }) ?? !vendor.needsGrantType else {
            throw .grantType
        }
        guard let code = parameters[vendor.redeemedName] else { throw .request }
        guard let issued = codes.value(of: code, at: now) else { throw .code }
        if let accessToken = issued.accessToken {
            // §4.1.2: what was issued for a code that is presented again may be a thief's.
            accessTokens.remove(accessToken)
            throw .usedCode
        }
        codes.update(code) { $0.accessToken = "" }
        let requested = issued.consent.parameters
        let redirectURI = parameters["redirect_uri"]
        guard redirectURI == requested["redirect_uri"] || redirectURI == nil && !vendor.needsRedirectURI else {
            throw .redirectURI
        }
        if vendor.challenges != .ignored {
            // RFC 7636 §4.6; RFC 9700 §4.8.2: a verifier without a challenge is refused as well.
            let challenge = parameters["code_verifier"].map { Base64URL.encode(SHA256.hash(data: Data($0.utf8))) }
            guard challenge == requested["code_challenge"] else { throw .verifier }
        }
        guard vendor.carried.allSatisfy({ parameters[$0] != nil && parameters[$0] == issued.returned[$0] }) else {
            throw .carried
        }
        let accessToken = handle("access")
        codes.update(code) { $0.accessToken = accessToken }
        accessTokens.add(issued.consent, as: accessToken, for: Self.tokenLifetime, at: now)
        let grant = Grant(
            consent: issued.consent, accessToken: accessToken, refreshToken: handle("refresh"),
            id: vendor.id(issued.consent.person), request: request)
        return VendorAnswer(status: 200, contents: vendor.tokens(grant), format: vendor.format(request))
    }

    /// Checks that a request comes from the client (RFC 6749 §2.3.1), and that its secret is in one place alone.
    private func authenticate(_ request: ClientRequest) throws(TokenRefusal) {
        let (query, content) = (request.query, request.content)
        let authorization = request.values(of: "Authorization")
        let (id, secret, method): (String?, String?, ClientMethod)
        if !authorization.isEmpty {
            guard query[vendor.secretName] == nil, content[vendor.secretName] == nil else { throw .secret }
            guard authorization == [basic] else { throw .secret }
            (id, secret, method) = (client.id, client.secret, .basic)
        } else if let given = query[vendor.secretName] {
            guard content[vendor.secretName] == nil else { throw .secret }
            (id, secret, method) = (query[vendor.idName], given, .query)
        } else if let given = content[vendor.secretName] {
            (id, secret, method) = (content[vendor.idName], given, request.isJSON ? .json : .post)
        } else {
            (id, secret, method) = (request.parameters[vendor.idName], nil, .none)
        }
        guard id == client.id else { throw .client }
        guard vendor.methods.contains(method), secret == nil || secret == client.secret else { throw .secret }
    }

    private var basic: String {
        let parts = [client.id, client.secret].map { FormText.encode([$0: ""]).dropLast() }
        return "Basic \(Data(parts.joined(separator: ":").utf8).base64EncodedString())"
    }
}
