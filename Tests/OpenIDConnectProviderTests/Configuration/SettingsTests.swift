import IdentityBroker
import JOSE
import OpenIDConnectProvider
import Testing

@Suite("Settings")
struct SettingsTests {
    typealias Change = @Sendable (inout OpenIDConnectProvider.Settings) -> Void

    static let faults: [(String, Change)] = [
        ("issuer", { $0.issuer = "" }),
        ("issuer", { $0.issuer = "id.example.com" }),
        ("issuer", { $0.issuer = "https://id.example.com?tenant=1" }),
        ("issuer", { $0.issuer = "https://id.example.com#a" }),
        ("issuer", { $0.issuer = "https://user@id.example.com" }),
        ("issuer", { $0.issuer = "https://id.example.com/" + String(repeating: "a", count: 255) }),
        ("issuerAliases", { $0.issuerAliases = [""] }),
        ("clientId", { $0.clientId = "" }),
        ("clientId", { $0.clientId = "client\u{0}" }),
        ("clientSecret", { $0.clientSecret = .literal(Secret("pässwörd")) }),
        ("THERE_IS_NONE_4711", { $0.clientSecret = .environment("THERE_IS_NONE_4711") }),
        ("authMethod", { ($0.authMethod, $0.clientSecret) = (.basic, nil) }),
        ("authMethod", { ($0.authMethod, $0.clientSecret) = (.post, nil) }),
        ("authMethod", { $0.authMethod = ClientAuthenticationMethod.none }),
        ("scopes", { $0.scopes = ["profile"] }),
        ("scopes", { $0.scopes = ["openid", "two words"] }),
        ("scopes", { $0.scopes = ["openid", ""] }),
        ("acrValues", { $0.acrValues = ["two words"] }),
        ("prompt", { $0.prompt = "log\nin" }),
        ("The parameter state", { $0.parameters = ["state": "1"] }),
        ("The parameter client_id", { $0.parameters = ["client_id": "1"] }),
        ("The parameter request", { $0.parameters = ["request": "1"] }),
        ("The parameter prompt", { $0.parameters = ["prompt": "none"] }),
        ("parameters", { $0.parameters = ["": "1"] }),
        ("parameters", { $0.parameters = ["a b": "1"] }),
        ("parameters", { $0.parameters = ["a": ""] }),
        ("parameters", { $0.parameters = ["a": "b\n"] }),
        ("idTokenAlgorithms", { $0.idTokenAlgorithms = [] }),
        ("idTokenAlgorithms", { ($0.idTokenAlgorithms, $0.clientSecret) = ([.hs256], nil) }),
        (
            "idTokenAlgorithms",
            {
                ($0.idTokenAlgorithms, $0.clientSecret) = (
                    [.hs256, .rs256], .literal(Secret("31-bytes-are-not-enough-for-it!"))
                )
            }
        ),
        ("audiences", { $0.audiences = [""] }),
        ("hostedDomains", { $0.hostedDomains = ["a b"] }),
        ("subjectClaims", { $0.subjectClaims = [] }),
        ("subjectClaims", { $0.subjectClaims = ["email"] }),
        ("subjectClaims", { $0.subjectClaims = ["sub", "preferred_username"] }),
        ("pkce", { ($0.pkce, $0.nonce) = (.off, .absent) }),
        ("pkce", { ($0.pkce, $0.nonce) = (.off, .optional) }),
        ("clockTolerance", { $0.clockTolerance = .seconds(301) }),
        ("endpoints.token", { $0.endpoints.token = "token" }),
        ("endpoints.jwks", { $0.endpoints.jwks = "https://id.example.com/#keys" }),
    ]

    @Test("that cannot be meant are refused by name", arguments: faults)
    func fault(name: String, change: Change) throws {
        var settings = OpenIDConnectProvider.Settings(
            issuer: "https://id.example.com", clientId: "client-1", clientSecret: .literal(Secret(Scenario.secret)))
        change(&settings)
        let error = #expect(throws: BrokerError.self) {
            try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
        }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains(name) == true)
        #expect(error?.message.contains(Scenario.secret) == false)
    }

    @Test("may be as few as issuer and client")
    func least() throws {
        let settings = OpenIDConnectProvider.Settings(issuer: "https://id.example.com/a/", clientId: "client-1")
        let provider = try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
        #expect(provider.issuer.rawValue == "https://id.example.com/a/")
        #expect(provider.nonceRule == .required)
    }
}
