import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON

/// An OpenID provider that remembers whom it sent back with which code.
final class OpenIDConnectFixture: ProviderFixture {
    typealias Provider = OpenIDConnectProvider

    private static let clientSecret = "canary-Yp6sJd3MaV5iHb9kQe2w"
    private let asksUserInfo: Bool
    /// The authorization requests by the person's tag, and where the provider is.
    private let requests = Locked<[String: [String: String]]>([:])
    private let baseURL = Locked("")

    let secrets = ["OIDC_CLIENT_SECRET": clientSecret]
    let sharedRequests = 2
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "OpenID Connect has no claim for it: who is not let in gets no code."
    ]

    init(asksUserInfo: Bool) {
        self.asksUserInfo = asksUserInfo
    }

    var requestsPerLogin: Int { asksUserInfo ? 2 : 1 }

    func settings(upstream baseURL: String) -> String {
        self.baseURL.withLock { $0 = baseURL }
        return """
            issuer: \(baseURL)
            clientId: kit client
            clientSecret: { env: OIDC_CLIENT_SECRET }
            scopes: [openid, profile, email, phone]
            userInfo: \(asksUserInfo ? "always" : "never")
            """
    }

    /// Sends a browser to the authorization endpoint, signs the person in there, and returns what it is sent back with.
    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let request = FormText.query(of: start.url)
        requests.withLock { $0[person.tag] = request }
        return .callback("code=code-\(person.tag)&state=\(request["state"] ?? "")", of: start.flow)
    }

    func response(to request: ReceivedRequest) -> ServerResponse? {
        let origin = "https://\(request.values(of: "Host").first ?? "")"
        switch (request.method, request.target) {
        case ("GET", "/.well-known/openid-configuration"):
            return .json([
                "issuer": .string(origin), "authorization_endpoint": .string("\(origin)/authorize"),
                "token_endpoint": .string("\(origin)/token"), "userinfo_endpoint": .string("\(origin)/userinfo"),
                "jwks_uri": .string("\(origin)/keys"), "id_token_signing_alg_values_supported": ["ES256", "none"],
            ])
        case ("GET", "/keys"):
            return (try? TestKeys.published(TestKeys.ec.get(), as: "key-1")).map { .text($0) }
        default:
            return nil
        }
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        let origin = "https://\(request.values(of: "Host").first ?? "")"
        switch (request.method, request.target) {
        case ("POST", "/token"):
            return tokens(for: request, of: person, as: variant, from: origin)
        case ("GET", "/userinfo"):
            guard request.values(of: "Authorization") == ["Bearer access-\(person.tag)"] else {
                return .json(["error": "invalid_token"], status: 401)
            }
            var claims = claims(of: person)
            claims["sub"] = subject(of: person, as: variant)
            return .json(.object(claims))
        default:
            return nil
        }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        claims.name = person.name
        claims.picture = person.picture
        claims.email = EmailAddress(person.email).map { .verified(Verified($0)) }
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map {
            .asserted(Asserted($0), isKnownUnverified: false)
        }
        return ExpectedIdentity(subject: "person-\(person.number)", claims: claims, attributes: [:], notices: [])
    }

    var refusals: [UpstreamRefusal] {
        let refusals = [
            refusal("a code that it does not know", "invalid_grant", 400, .invalidCredential),
            refusal("a wrong client secret", "invalid_client", 401, .misconfigured),
            refusal("a client that may not", "unauthorized_client", 400, .misconfigured),
            refusal("a scope that it does not have", "invalid_scope", 400, .misconfigured),
            refusal("a pause", "temporarily_unavailable", 400, .upstreamUnavailable),
            refusal("an error of OAuth that does not fit", "unsupported_grant_type", 400, .upstreamMisbehaved),
            refusal("an error under a status of success", "invalid_grant", 200, .invalidCredential),
            UpstreamRefusal("an error that is no standard one", means: .upstreamMisbehaved) {
                .json(["ok": false, "error": .string($0)])
            },
            UpstreamRefusal("a client that it refuses without a code", means: .misconfigured) {
                .text($0, status: 401)
            },
            UpstreamRefusal("a failure of its own", means: .upstreamUnavailable) {
                .json(["error": "invalid_grant", "error_description": .string($0)], status: 503)
            },
        ]
        guard asksUserInfo else { return refusals }
        return refusals
            + [401, 403, 404].map { status in
                UpstreamRefusal("status \(status) at userinfo", means: .upstreamMisbehaved, to: 2) {
                    .json(["error": "invalid_token", "error_description": .string($0)], status: status)
                }
            }
    }

    private func refusal(_ name: String, _ code: String, _ status: Int, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: code) {
            .json(["error": .string(code), "error_description": .string($0)], status: status)
        }
    }

    private func claims(of person: Person) -> JSONObject {
        var claims: JSONObject = [
            "name": .string(person.name), "picture": .string(person.picture), "email": .string(person.email),
            "phone_number": .string(person.phoneNumber),
        ]
        claims["email_verified"] = person.isEmailVerified.map(JSONValue.bool)
        return claims
    }

    private func subject(of person: Person, as variant: Variant) -> JSONValue? {
        guard case .identifier(let fault) = variant else { return .string("person-\(person.number)") }
        return fault.json.flatMap { try? JSONReader().read($0.utf8) }
    }

    private func tokens(
        for request: ReceivedRequest,
        of person: Person,
        as variant: Variant,
        from issuer: String
    ) -> ServerResponse? {
        let form = FormText.decode(request.bodyText)
        let secret = Data("kit%20client:\(Self.clientSecret)".utf8).base64EncodedString()
        guard let begun = requests.withLock({ $0[person.tag] }), form["code"] == "code-\(person.tag)",
            form["redirect_uri"] == begun["redirect_uri"], request.values(of: "Authorization") == ["Basic \(secret)"],
            Base64URL.encode(HashFunction.sha256.hash(Array((form["code_verifier"] ?? "").utf8)))
                == begun["code_challenge"]
        else { return .json(["error": "invalid_grant"], status: 400) }
        // Two places name the person only if both are asked.
        if !asksUserInfo, variant == .identifier(.contradicting) { return nil }
        let now = ProviderConformance.now.timeIntervalSince1970
        var claims: JSONObject = [
            "iss": .string(issuer), "aud": variant == .anotherAudience ? "another" : "kit client",
            "iat": .double(now), "exp": .double(now + 3600), "jti": .string(person.tag),
        ]
        claims["sub"] = asksUserInfo ? .string("person-\(person.number)") : subject(of: person, as: variant)
        if !asksUserInfo {
            for member in self.claims(of: person) { claims[member.name] = member.value }
        }
        switch variant {
        case .anyLogin: break
        case .anotherLogin: claims["nonce"] = "another"
        case .standing: return nil
        default: claims["nonce"] = begun["nonce"].map(JSONValue.string)
        }
        let isKnown = variant != .unknownKey
        guard let key = try? (isKnown ? TestKeys.ec : TestKeys.otherEC).get(),
            let token = try? CompactJWS.sign(
                claims.jsonBytes, header: ["kid": isKnown ? "key-1" : "key-\(person.tag)"], with: key)
        else { return nil }
        return .json([
            "access_token": .string("access-\(person.tag)"), "token_type": "Bearer", "id_token": .string(token),
        ])
    }
}
