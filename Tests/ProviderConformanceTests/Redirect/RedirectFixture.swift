import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import LoopbackServer

/// The upstream of ``RedirectProvider``: an authorization server that remembers which code it issued to whom.
final class RedirectFixture: ProviderFixture {
    typealias Provider = RedirectProvider

    private static let clientSecret = "canary-Yp6sJd3MaV5iHb9k"
    private let requests = Locked<[String: [String: String]]>([:])

    let secrets = ["REDIRECT_CLIENT_SECRET": clientSecret]
    let requestsPerLogin = 2
    let sharedRequests = 2
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "OpenID Connect has no claim for it: who is not let in gets no code."
    ]

    func settings(upstream baseURL: String) -> String {
        """
        clientId: kit
        clientSecret: { env: REDIRECT_CLIENT_SECRET }
        baseURL: \(baseURL)
        """
    }

    /// Sends a browser to the authorization endpoint, signs the person in there, and returns the callback as a
    /// credential.
    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let request = FormText.decode(String(start.url.drop { $0 != "?" }.dropFirst()))
        requests.withLock { $0[person.tag] = request }
        return .callback("code=code-\(person.tag)&state=\(request["state"] ?? "")", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        switch (request.method, request.target) {
        case ("POST", "/token"): tokens(for: FormText.decode(request.bodyText), of: person, as: variant)
        case ("GET", "/userinfo"): user(person, token: request.values(of: "Authorization").first, as: variant)
        default: nil
        }
    }

    func response(to request: ReceivedRequest) -> ServerResponse? {
        switch (request.method, request.target) {
        case ("GET", "/discovery"): .json(#"{"authorize":"authorize","token":"token","userinfo":"userinfo"}"#)
        case ("GET", "/keys"): .json(#"{"keys":["key-1","key-2"]}"#)
        default: nil
        }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        claims.name = person.name
        claims.picture = person.picture
        return ExpectedIdentity(subject: subject(of: person), claims: claims, notices: [])
    }

    var refusals: [UpstreamRefusal] {
        [
            refusal("a code that it does not know", "invalid_grant", 400, .invalidCredential),
            refusal("a wrong client secret", "invalid_client", 401, .misconfigured),
            refusal("a failure of its own", "server_error", 503, .upstreamUnavailable),
            refusal("a token that it does not know", "invalid_token", 401, .upstreamMisbehaved, to: 2),
            refusal("a person who may not", "insufficient_scope", 403, .accessDenied, to: 2),
        ]
    }

    private func tokens(for form: [String: String], of person: Person, as variant: Variant) -> ServerResponse {
        guard let request = requests.withLock({ $0[person.tag] }), form["code"] == "code-\(person.tag)",
            form["redirect_uri"] == request["redirect_uri"], form["client_secret"] == Self.clientSecret,
            Self.challenge(of: form["code_verifier"] ?? "") == request["code_challenge"]
        else { return .json(#"{"error":"invalid_grant"}"#, status: 400) }
        let audience = variant == .anotherAudience ? "another" : "kit"
        let key = variant == .unknownKey ? "key-\(person.tag)" : "key-1"
        var claims = [#""sub":"\#(subject(of: person))""#, #""aud":"\#(audience)""#, #""kid":"\#(key)""#]
        switch variant {
        case .anyLogin: break
        case .anotherLogin: claims.append(#""nonce":"another""#)
        default: claims.append(#""nonce":"\#(request["nonce"] ?? "")""#)
        }
        return .json(
            """
            {"access_token":"access-\(person.tag)","token_type":"Bearer","id_token":{\(claims.joined(separator: ","))}}
            """
        )
    }

    private func user(_ person: Person, token: String?, as variant: Variant) -> ServerResponse? {
        guard token == "Bearer access-\(person.tag)" else { return .json(#"{"error":"invalid_token"}"#, status: 401) }
        var members = [#""name":\#(quoted(person.name))"#, #""picture":\#(quoted(person.picture))"#]
        switch variant {
        case .identifier(let fault): fault.json.map { members.append(#""sub":\#($0)"#) }
        case .standing: return nil
        case .correct, .anotherAudience, .anotherLogin, .anyLogin, .unknownKey:
            members.append(#""sub":"\#(subject(of: person))""#)
        }
        return .json("{\(members.joined(separator: ","))}")
    }

    private func refusal(
        _ name: String,
        _ code: String,
        _ status: Int,
        _ kind: BrokerError.Kind,
        to request: Int = 1
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, to: request) {
            .json(#"{"error":"\#(code)","error_description":"\#($0)"}"#, status: status)
        }
    }

    private func subject(of person: Person) -> String { "sub-\(person.number)" }

    private static func challenge(of verifier: String) -> String {
        Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }
}
