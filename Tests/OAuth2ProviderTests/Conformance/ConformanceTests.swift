import BrokerConfiguration
import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import OAuth2Provider
import StrictJSON
import Testing

@Suite("The provider, as any other,")
struct ConformanceTests {
    @Test("conforms", arguments: ProviderConformance(DeclaredFixture(), patience: .seconds(300)).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// An upstream that a file declares.
private struct DeclaredFixture: ProviderFixture {
    typealias Provider = OAuth2Provider

    let secrets = ["DECLARED_SECRET": "canary-Hn5vQx9TrLwB3kYd"]
    let requestsPerLogin = 2
    let omissions: [ProviderConformance.Family: String] = [
        .standing: "A record has no word for it: who is not let in gets no code.",
        .addressees: "A token names no client: it comes from the upstream itself, for the code alone.",
    ]
    let refusals = Vendor.standardRefusals

    private static let file = GuideText.file(
        holding:
            """
            issuer: "https://{host}/tenant"
            host: localhost:9
            authorization: { url: "https://{host}/authorize", scopes: [profile] }
            token: { url: "https://{host}/token" }
            profile: { url: "https://{host}/me", record: /user }
            subject: [/id]
            claims: { name: /name, picture: /picture, email: /email, phone_number: /phone }
            emailVerified: [{ at: /email_verified }]
            """)

    func settings(upstream baseURL: String) -> String {
        """
        declaration: \(Self.file)
        host: \(baseURL.dropFirst("https://".count))
        clientId: client-of-the-kit
        clientSecret: { env: DECLARED_SECRET }
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential {
        let start = try await broker.beginRedirect(id, returningTo: "https://app.example/signed-in")
        let state = FormText.query(of: start.url)["state"] ?? ""
        return .callback("code=code-\(person.tag)&state=\(state)", of: start.flow)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        var id: JSONValue? = .string("person-\(person.number)")
        switch variant {
        case .correct: break
        case .identifier(.number), .identifier(.contradicting): return nil
        case .identifier(let fault): id = fault.json.flatMap { try? JSONReader().read($0.utf8) }
        default: return nil
        }
        switch request.target {
        case "/token":
            return .json(["access_token": .string("access-\(person.tag)"), "token_type": "Bearer", "expires_in": 60])
        case "/me":
            guard request.values(of: "Authorization") == ["Bearer access-\(person.tag)"] else { return nil }
            let record: JSONObject = [
                "name": .string(person.name), "picture": .string(person.picture), "email": .string(person.email),
                "email_verified": person.isEmailVerified.map(JSONValue.bool) ?? .null,
                "phone": .string(person.phoneNumber),
            ]
            return .json(["user": .object(record.with("id", id))])
        default:
            return nil
        }
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        (claims.name, claims.picture) = (person.name, person.picture)
        claims.email = Vendor.address(person.email, verified: person.isEmailVerified)
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map { Contact($0, verified: nil) }
        return ExpectedIdentity(subject: "person-\(person.number)", claims: claims, attributes: [:], notices: [])
    }
}
