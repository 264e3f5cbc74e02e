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
        ("issuer", { $0.issuer = "https://id.example.com/.well-known/openid-configuration" }),
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

    static let destinations: [(String?, String, Change)] = [
        ("The issuer is plain HTTP", "", { $0.issuer = "http://id.example.com" }),
        ("The issuer is at a private", "10.0.0.0/8", { $0.issuer = "https://10.0.0.1/realms/a" }),
        ("The token endpoint is at a private", "169.254.0.0/16", { $0.endpoints.token = "https://169.254.169.254/t" }),
        ("The userinfo endpoint is at a private", "::1/128", { $0.endpoints.userInfo = "https://[::1]/t" }),
        ("The key set is plain HTTP", "", { $0.endpoints.jwks = "http://id.example.com/keys" }),
        ("The authorization endpoint is plain HTTP", "", { $0.endpoints.authorization = "http://id.example.com/a" }),
        ("The end session endpoint is plain HTTP", "", { $0.endpoints.endSession = "http://id.example.com/a" }),
        (nil, "", { $0.endpoints.authorization = "http://127.0.0.2:8000/a" }),
        (nil, "", { $0.endpoints.token = "https://8.8.8.8/t" }), (nil, "", { _ in }),
        (
            nil, "",
            {
                // Nothing is asked of the issuer then.
                ($0.issuer, $0.userInfo, $0.endpoints.authorization) = ("https://10.0.0.1", .never, "https://a.example")
                ($0.endpoints.token, $0.endpoints.jwks) = ("https://a.example/t", "https://a.example/k")
            }
        ),
    ]

    @Test("that lead where the network rules allow nothing are refused before a login", arguments: destinations)
    func addresses(problem: String?, network: String, change: Change) throws {
        var settings = OpenIDConnectProvider.Settings(issuer: "https://id.example.com", clientId: "client-1")
        change(&settings)
        func failure(_ egress: EgressPolicy) -> BrokerError? {
            do {
                _ = try ProviderInstance(
                    OpenIDConnectProvider.self, settings: settings, context: ProviderContext(id: "op"),
                    network: NetworkPolicy(egress: egress))
                return nil
            } catch {
                return error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error)).")
            }
        }
        let error = failure(EgressPolicy())
        #expect(error?.kind == (problem == nil ? nil : .misconfigured))
        #expect(problem.map { error?.message.hasPrefix($0) == true } ?? true, "\(error?.message ?? "")")
        let networks = [IPNetwork(network)].compactMap { $0 }
        #expect(failure(EgressPolicy(allowedNetworks: networks, allowsInsecureHTTP: true)) == nil)
    }

    @Test("may be as few as issuer and client")
    func least() throws {
        let settings = OpenIDConnectProvider.Settings(issuer: "https://id.example.com/a/", clientId: "client-1")
        let provider = try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
        #expect(provider.issuer.rawValue == "https://id.example.com/a/")
        #expect(provider.nonceRule == .required)
    }
}
