import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Client authentication")
struct ClientDirectoryTests {
    private let directory: ClientDirectory

    init() throws {
        directory = try ClientDirectory(TokenBench.clients())
    }

    @Test("A client with a secret authenticates with that secret and with nothing else")
    func confidential() throws {
        #expect(try directory.authenticate("web", secret: Secret(TokenBench.secret)).client.id == "web")
        let wrong = [
            nil, Secret(""), Secret(String(TokenBench.secret.dropLast())), Secret(TokenBench.secret + "x"),
            Secret(TokenBench.secret.uppercased()), Secret(String(repeating: "x", count: TokenBench.secret.utf8.count)),
        ]
        for secret in wrong {
            expectRefusal("web", secret)
        }
    }

    @Test("A public client authenticates with its id alone, and is refused with any secret")
    func publicClient() throws {
        #expect(try directory.authenticate("app", secret: nil).client.id == "app")
        for secret in ["", "x", TokenBench.secret] {
            expectRefusal("app", Secret(secret))
        }
    }

    @Test("An unknown client is refused in the same words", arguments: [nil, "", "nobody", "WEB", "web "])
    func unknown(id: String?) {
        expectRefusal(id, nil)
        expectRefusal(id, Secret(TokenBench.secret))
        expectRefusal(id, Secret(""))
    }

    @Test("A client with several secrets authenticates with any of them, but not with a removed one")
    func severalSecrets() throws {
        let secrets = (1...TokenClient.mostSecrets).map { Secret("secret number \($0) of eight") }
        func directory(of secrets: some Sequence<Secret>) throws -> ClientDirectory {
            try ClientDirectory([TokenClient(id: "web", authentication: .secrets(Array(secrets)), audiences: ["a"])])
        }
        let all = try directory(of: secrets)
        for secret in secrets { #expect(try all.authenticate("web", secret: secret).client.id == "web") }
        for secret in [nil, Secret(""), Secret("secret number 9 of eight")] {
            #expect(throws: OAuthError.self) { try all.authenticate("web", secret: secret) }
        }
        let rest = try directory(of: secrets.dropFirst())
        #expect(throws: OAuthError.self) { try rest.authenticate("web", secret: secrets[0]) }
        #expect(try rest.authenticate("web", secret: secrets[7]).client.id == "web")
    }

    @Test("Two clients with one id are refused")
    func twice() throws {
        let client = try TokenClient(id: "web", authentication: .secret(Secret(TokenBench.secret)), audiences: ["a"])
        #expect(throws: BrokerError.self) { try ClientDirectory([client, client]) }
    }

    @Test("An invalid client is refused, and its secret is not repeated")
    func configuration() throws {
        typealias Make = () throws -> TokenClient
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        let mistakes: [Make] = [
            { try TokenClient(id: "", authentication: secret, audiences: ["a"]) },
            { try TokenClient(id: "w b", authentication: secret, audiences: ["a"]) },
            { try TokenClient(id: String(repeating: "x", count: 256), authentication: secret, audiences: ["a"]) },
            { try TokenClient(id: "web", authentication: secret, audiences: []) },
            { try TokenClient(id: "web", authentication: secret, audiences: ["a", "a"]) },
            { try TokenClient(id: "web", authentication: secret, audiences: [""]) },
            { try TokenClient(id: "web", authentication: secret, audiences: ["a b"]) },
            { try TokenClient(id: "web", authentication: .secret(Secret("hunter2hunter2!")), audiences: ["a"]) },
            { try TokenClient(id: "app", authentication: .none, audiences: ["a"]) },
            { try TokenClient(id: "web", authentication: .secrets([]), audiences: ["a"]) },
            {
                try TokenClient(
                    id: "web", authentication: .secrets(Array(repeating: Secret(TokenBench.secret), count: 9)),
                    audiences: ["a"])
            },
            { try TokenClient(id: "web", authentication: .secret(Secret("hunter2 hunter2 é")), audiences: ["a"]) },
            { try TokenClient(id: "web", authentication: .secret(Secret("hunter2 hunter2 \n")), audiences: ["a"]) },
            {
                try TokenClient(
                    id: "00000000-0000-4000-8000-000000000001", authentication: secret, audiences: ["a"])
            },
            {
                try TokenClient(
                    id: "AAAAAAAA-0000-4000-8000-000000000001", authentication: secret, audiences: ["a"])
            },
            { try TokenClient(id: "web", authentication: secret, grants: [.clientCredentials], audiences: []) },
            { try TokenClient(id: "app", authentication: .none, grants: [.clientCredentials], audiences: ["a"]) },
            { try TokenClient(id: "web", authentication: secret, grants: [.authorizationCode], audiences: []) },
        ]
        for make in mistakes {
            let error = try #require(#expect(throws: BrokerError.self) { try make() })
            #expect(error.kind == .misconfigured && !error.message.contains("hunter2"))
        }
        _ = try TokenClient(id: "app", authentication: .none, grants: [.refreshToken], audiences: ["a"])
        _ = try TokenClient(id: "tv", authentication: .none, grants: [.deviceCode, .refreshToken], audiences: [])
    }

    @Test("What a client may do follows from its redirect URIs, unless it is said")
    func grants() throws {
        let secret = TokenClient.Authentication.secret(Secret(TokenBench.secret))
        let pages = AuthorizationSettings(redirectURIs: ["https://app.example.com/"])
        #expect(
            try TokenClient(id: "web", authentication: secret, audiences: ["a"]).grants
                == [.tokenExchange, .refreshToken])
        #expect(
            try TokenClient(id: "web", authentication: secret, audiences: [], authorization: pages).grants
                == [.authorizationCode, .refreshToken])
        #expect(
            try TokenClient(id: "web", authentication: secret, grants: [], audiences: [], authorization: pages).grants
                == [])
    }

    @Test("An unavailable audience is named in the error", arguments: ["", "a b", "é"])
    func introspects(name: String) throws {
        let error = try #require(
            #expect(throws: BrokerError.self) {
                try TokenClient(
                    id: "api", authentication: .secret(Secret(TokenBench.secret)), grants: [], audiences: ["a"],
                    introspects: [name])
            })
        #expect(error.kind == .misconfigured && error.message.contains("asks about tokens on behalf of"))
    }

    private func expectRefusal(_ id: String?, _ secret: Secret?, sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: OAuthError.self, sourceLocation: sourceLocation) {
            try directory.authenticate(id, secret: secret)
        }
        #expect(error?.code == .invalidClient, sourceLocation: sourceLocation)
        #expect(
            error?.message == "The client is not known, or did not authenticate as it has to.",
            sourceLocation: sourceLocation)
    }
}
