import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

/// Plays the provider of a preset for the conformance kit.
final class VendorFixture: ProviderFixture {
    typealias Provider = OpenIDConnectProvider

    static let clientSecret = "canary-Qm4tRz8LwX2cNv6p"
    private let vendor: Vendor
    private let requests = Locked<[String: [String: String]]>([:])

    let secrets: [String: String]
    let sharedRequests = 2
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "OpenID Connect has no claim for it: who is not let in gets no code."
    ]

    init(_ vendor: Vendor, secret: String = clientSecret) {
        self.vendor = vendor
        secrets = ["VENDOR_SECRET": secret]
    }

    var kind: ProviderKind { vendor.preset.kind }
    var requestsPerLogin: Int { vendor.asksUserInfo ? 2 : 1 }
    var refusals: [UpstreamRefusal] { vendor.refusals }

    func settings(upstream baseURL: String) -> String {
        let lines =
            ["clientId: \(vendor.clientId)", "\(vendor.secretSetting): { env: VENDOR_SECRET }"]
            + vendor.settings(baseURL) + (vendor.asksUserInfo ? ["userInfo: always"] : [])
        return lines.joined(separator: "\n")
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let request = FormText.query(of: start.url)
        requests.withLock { $0[person.tag] = request }
        var answer = ["code": "code-\(person.tag)", "state": request["state"] ?? ""]
        guard let posted = vendor.posted else {
            return .callback(Self.form(answer), of: start.flow)
        }
        for (name, value) in posted(person) { answer[name] = value }
        return .callback(Self.form(answer), of: start.flow, by: .formPost)
    }

    private static func form(_ parameters: [String: String]) -> String {
        parameters.map { "\($0)=\(FormText.encode($1))" }.joined(separator: "&")
    }

    func response(to request: ReceivedRequest) -> ServerResponse? {
        let base = "https://\(request.values(of: "Host").first ?? "")"
        switch (request.method, request.target) {
        case ("GET", "\(vendor.path)/.well-known/openid-configuration"):
            var document: JSONObject = [
                "issuer": .string(base + vendor.documentIssuer), "authorization_endpoint": .string("\(base)/authorize"),
                "token_endpoint": .string("\(base)/token"), "jwks_uri": .string("\(base)/keys"),
            ]
            if vendor.asksUserInfo { document["userinfo_endpoint"] = .string("\(base)/userinfo") }
            for member in vendor.document { document[member.name] = member.value }
            return .json(.object(document))
        case ("GET", "/keys"):
            return (try? TestKeys.published(vendor.key.get(), as: "key-1")).map { .text($0) }
        default:
            return nil
        }
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        switch (request.method, request.target) {
        case ("POST", "/token"): return tokens(for: request, of: person, as: variant)
        case ("GET", "/userinfo"):
            guard request.values(of: "Authorization") == ["Bearer access-\(person.tag)"] else { return nil }
            var claims = vendor.userInfo(person)
            claims["sub"] = subject(of: person, as: variant)
            return .json(.object(claims))
        default: return nil
        }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        ExpectedIdentity(
            subject: vendor.expectedSubject(person), claims: vendor.expectedClaims(person),
            attributes: vendor.attributes, notices: [])
    }

    func identityIssuer(at issuer: Issuer) -> Issuer? { Issuer(vendor.identityIssuer(issuer.rawValue)) }

    private func subject(of person: Person, as variant: Variant) -> JSONValue? {
        guard case .identifier(let fault) = variant else { return .string(vendor.subject(person)) }
        return fault.json.flatMap { try? JSONReader().read($0.utf8) }
    }

    /// Whether the request is the one that the vendor documents.
    private func isRight(_ request: ReceivedRequest, of person: Person) -> [String: String]? {
        let base = "https://\(request.values(of: "Host").first ?? "")"
        guard let form = FormText.unique(request.bodyText) else { return nil }
        let basic = Data("\(vendor.clientId):\(Self.clientSecret)".utf8).base64EncodedString()
        let isAuthenticated =
            vendor.authenticatesInBody
            ? form["client_id"] == vendor.clientId && vendor.acceptsSecret(form["client_secret"] ?? "", base)
                && request.values(of: "Authorization").isEmpty
            : request.values(of: "Authorization") == ["Basic \(basic)"]
        let challenge = form["code_verifier"].map { Base64URL.encode(HashFunction.sha256.hash(Array($0.utf8))) }
        guard isAuthenticated, let begun = requests.withLock({ $0[person.tag] }), form["code"] == "code-\(person.tag)",
            form["redirect_uri"] == begun["redirect_uri"], challenge == begun["code_challenge"],
            (challenge != nil) == vendor.usesPKCE, (begun["nonce"] != nil) == vendor.sendsNonce,
            begun["response_mode"] == (vendor.posted == nil ? nil : "form_post"), vendor.acceptsRequest(begun),
            vendor.acceptsTokenRequest(form)
        else { return nil }
        return begun
    }

    private func tokens(for request: ReceivedRequest, of person: Person, as variant: Variant) -> ServerResponse? {
        guard let begun = isRight(request, of: person) else { return .json(["error": "invalid_grant"], status: 400) }
        // Two places name the person only if both are asked.
        if !vendor.asksUserInfo, variant == .identifier(.contradicting) { return nil }
        let now = ProviderConformance.now.timeIntervalSince1970
        let base = "https://\(request.values(of: "Host").first ?? "")"
        var claims = vendor.claims(person)
        claims["iss"] = .string(vendor.issuerAlias ?? base + vendor.tokenIssuer)
        claims["aud"] = variant == .anotherAudience ? "another" : .string(vendor.clientId)
        (claims["iat"], claims["exp"], claims["jti"]) = (.double(now), .double(now + 3600), .string(person.tag))
        for name in vendor.subjectClaims {
            claims[name] = vendor.asksUserInfo ? .string(vendor.subject(person)) : subject(of: person, as: variant)
        }
        switch variant {
        case .standing: return nil
        case .anotherLogin: claims["nonce"] = "another"
        case .anyLogin: if !vendor.sendsNonce { return nil }
        default: claims["nonce"] = begun["nonce"].map(JSONValue.string)
        }
        let isKnown = variant != .unknownKey
        guard let key = try? (isKnown ? vendor.key : vendor.otherKey).get(),
            let token = try? CompactJWS.sign(
                claims.jsonBytes, header: ["kid": isKnown ? "key-1" : "key-\(person.tag)"], with: key)
        else { return nil }
        var answer = vendor.tokens
        (answer["access_token"], answer["id_token"]) = (.string("access-\(person.tag)"), .string(token))
        return .json(.object(answer))
    }
}
