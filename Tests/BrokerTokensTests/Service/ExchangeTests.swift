import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Exchanging a credential for tokens")
struct ExchangeTests {
    @Test("A client gets an access token that states subject, client and audience")
    func accessToken() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn(scope: "profile openid")
        let token = try await bench.accessToken(issued)
        #expect(token.subject == issued.account.description && token.client == "web")
        #expect(token.audiences == [TokenBench.audience] && token.scopes == ["openid", "profile"])
        #expect(token.issued == bench.clock.date && token.authenticated == bench.clock.date)
        #expect(token.expiry == bench.clock.date + .seconds(600) && issued.expiresIn == .seconds(600))
        #expect(issued.scope == "openid profile")
        let header = try header(of: issued.accessToken)
        #expect(header["typ"]?.string == "at+jwt" && header["alg"]?.string == "ES256" && header.count == 3)
    }

    @Test("An ID token is for the client, with exactly the claims of the scope")
    func idToken() async throws {
        let bench = try await TokenBench()
        let expected: [(scope: String, claims: Set<String>)] = [
            ("openid", []), ("openid profile", ["name", "locale"]), ("openid email", ["email", "email_verified"]),
            ("openid phone", ["phone_number", "phone_number_verified"]), ("address openid", ["address"]),
            (
                "openid profile email phone address",
                ["name", "locale", "email", "email_verified", "phone_number", "phone_number_verified", "address"]
            ),
        ]
        for (scope, claims) in expected {
            let issued = try await bench.signIn(scope: scope)
            let token = try #require(issued.idToken)
            let payload = try payload(of: token)
            let always: Set = ["iss", "sub", "aud", "iat", "exp", "auth_time", "sid"]
            #expect(Set(payload.map(\.name)) == always.union(claims), "\(scope)")
            #expect(payload["aud"]?.string == "web" && payload["sub"]?.string == issued.account.description)
            #expect(try header(of: token)["typ"]?.string == "JWT")
            if claims.contains("phone_number") {
                #expect(
                    payload["phone_number_verified"]?.bool == false && payload["email_verified"]?.bool == true
                        || !claims.contains("email"))
            }
        }
    }

    @Test(
        "Without openid there is no ID token, and without scope no claims", arguments: [nil, "", "profile"])
    func noIDToken(scope: String?) async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn(scope: scope)
        #expect(issued.idToken == nil && issued.scope == scope ?? "")
        #expect(try payload(of: issued.accessToken)["scope"]?.string == (issued.scope.isEmpty ? nil : issued.scope))
    }

    @Test("A person's second login leads to the same account, and to its own grant")
    func again() async throws {
        let bench = try await TokenBench()
        let (first, second) = try await (bench.signIn(), bench.signIn("app"))
        #expect(first.account == second.account)
        #expect(try await bench.accessToken(first).grant != bench.accessToken(second).grant)
    }

    @Test(
        "An unknown scope is refused",
        arguments: ["root", "openid root", "OpenID", "offline_access", "openid,email"])
    func unknownScope(scope: String) async throws {
        let bench = try await TokenBench()
        #expect(try await refusal { try await bench.signIn(scope: scope) }.code == .invalidScope)
        #expect(bench.events(.login).isEmpty, "the credential was not touched")
    }

    @Test("An audience must be the client's, and must be named if there are several")
    func audiences() async throws {
        let bench = try await TokenBench()
        let files = "https://files.example.com"
        #expect(try await refusal { try await bench.signIn("wide") }.code == .invalidTarget)
        #expect(try await refusal { try await bench.signIn("web", audiences: [files]) }.code == .invalidTarget)
        #expect(try await refusal { try await bench.signIn("wide", audiences: [files, "x"]) }.code == .invalidTarget)
        #expect(try await refusal { try await bench.signIn("wide", audiences: [""]) }.code == .invalidTarget)
        let issued = try await bench.signIn("wide", audiences: [files, TokenBench.audience, files])
        #expect(try await bench.accessToken(issued).audiences == [TokenBench.audience, files])
        let one = try await bench.signIn("wide", audiences: [files])
        try await expect(.wrongAudience, one.accessToken.reveal(), bench.verifier)
    }

    @Test("To a client, a provider that it may not use does not exist")
    func foreignProvider() async throws {
        let bench = try await TokenBench()
        let hidden = try await refusal { try await bench.signIn("shop", provider: "wxapp") }
        let absent = try await refusal { try await bench.signIn("web", provider: "absent") }
        #expect(hidden.code == .invalidRequest && absent.code == .invalidRequest)
        #expect(hidden.message == absent.message.replacing("absent", with: "wxapp"))
        _ = try await bench.signIn("shop", provider: "wechat")
    }

    @Test("A client that may not exchange is refused before the credential is touched")
    func unauthorized() async throws {
        let client = try TokenClient(
            id: "app", authentication: .none, grants: [.refreshToken], audiences: [TokenBench.audience])
        let bench = try await TokenBench(clients: [client])
        #expect(try await refusal { try await bench.signIn("app") }.code == .unauthorizedClient)
        #expect(bench.events(.login).isEmpty)
        #expect(bench.events(.tokenExchange).map(\.failure) == ["unauthorized_client"])
        #expect(bench.events(.tokenExchange).map(\.client) == ["app"])
    }

    @Test("A ticket yields tokens once, and the second attempt is logged with the client's id")
    func singleUse() async throws {
        let bench = try await TokenBench()
        let request = ExchangeRequest(client: try bench.client(), provider: "wxapp", credential: .ticket("once"))
        _ = try await bench.service.exchange(request)
        let error = try await refusal { try await bench.service.exchange(request) }
        #expect(error.code == .invalidGrant && error.kind == .credentialAlreadyUsed)
        #expect(bench.events(.login).map(\.failure) == [nil, "credential_already_used"])
        #expect(bench.events(.login).map(\.client) == ["web", "web"])
        #expect(bench.events(.tokenExchange).isEmpty, "one refusal is one event")
    }

    @Test("Missing keys are noticed before the credential is touched")
    func noKeys() async throws {
        let bench = try await TokenBench(store: FaultyStore())
        let keys = SigningKeys(store: MemoryStore(), encryptionKey: .example)
        let service = try TokenService(
            issuer: TokenBench.issuer, clients: ClientDirectory(TokenBench.clients()), broker: bench.broker,
            store: bench.store, keys: keys)
        let request = ExchangeRequest(client: try bench.client(), provider: "wxapp", credential: .ticket("kept"))
        let error = try await refusal { try await service.exchange(request) }
        #expect(error.code == .temporarilyUnavailable)
        #expect(bench.events(.login).isEmpty)
    }

    @Test("An invalid service is refused")
    func configuration() async throws {
        let bench = try await TokenBench()
        func make(
            issuer: String = TokenBench.issuer,
            lifetimes: TokenLifetimes = .standard,
            clients: [TokenClient] = []
        ) throws {
            _ = try TokenService(
                issuer: issuer, clients: ClientDirectory(clients), broker: bench.broker, store: bench.store,
                keys: bench.keys, lifetimes: lifetimes)
        }
        for issuer in [
            "", "id.example.com", "http://id.example.com", "https://id.example.com/?a", "https://a@id.example.com",
        ] {
            #expect(throws: BrokerError.self, "\(issuer)") { try make(issuer: issuer) }
        }
        for issuer in ["https://id.example.com/a", "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:80"]
        {
            #expect(throws: Never.self, "\(issuer)") { try make(issuer: issuer) }
        }
        #expect(throws: BrokerError.self) { try make(lifetimes: TokenLifetimes(accessToken: .seconds(3601))) }
        let client = try TokenClient(
            id: "old", authentication: .secret(Secret(TokenBench.secret)), audiences: ["a"], signingAlgorithm: .rs256)
        #expect(throws: BrokerError.self) { try make(clients: [client]) }
        #expect(throws: BrokerError.self) { try bench.service.replaceClients(with: ClientDirectory([client])) }
        #expect(bench.service.clients["web"] != nil)
    }

    private func header(of token: Secret) throws -> JSONObject { try part(0, of: token) }

    private func payload(of token: Secret) throws -> JSONObject { try part(1, of: token) }

    private func part(_ index: Int, of token: Secret) throws -> JSONObject {
        let bytes = try #require(Base64URL.decode(token.reveal().split(separator: ".")[index]))
        return try #require(JSONReader().read(bytes).object)
    }
}
