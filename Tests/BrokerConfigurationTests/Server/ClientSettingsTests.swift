import BrokerConfiguration
import BrokerTokens
import IdentityBroker
import Testing

@Suite("The settings of clients")
struct ClientSettingsTests {
    private func yaml(_ client: String) -> String {
        "version: 1\nproviders:\n  p: { type: plain }\nclients:\n\(client)"
    }

    private func client(_ members: String) throws -> ClientEntry {
        try #require(try Configuration(yaml("  app: { audiences: [a], \(members) }")).clients.first)
    }

    @Test("A client with a secret has safe defaults")
    func defaults() throws {
        let client = try client("secret: { env: S }")
        #expect(client.id == "app")
        #expect(client.displayName == "app")
        #expect(!client.isPublic)
        #expect(client.grants == [.tokenExchange, .refreshToken])
        #expect(client.audiences == ["a"])
        #expect(client.providers == nil)
        #expect(client.signingAlgorithm == .es256)
        #expect(!client.redeemsTicketsWithoutAuthentication)
    }

    @Test("Every setting is read")
    func everything() throws {
        let client = try client(
            """
            displayName: App, public: true, grants: [token_exchange], providers: [p], signingAlgorithm: RS256, \
            redeemsTicketsWithoutAuthentication: true
            """)
        #expect(client.displayName == "App")
        #expect(client.isPublic)
        #expect(client.grants == [.tokenExchange])
        #expect(client.providers == ["p"])
        #expect(client.signingAlgorithm == .rs256)
        #expect(client.redeemsTicketsWithoutAuthentication)
        #expect(client.secretReferences == [])
        #expect(try client.secrets() == [])
    }

    @Test("Clients appear in file order")
    func order() throws {
        let lines = ["z", "a", "m"].map { "  \($0): { audiences: [x], secret: { env: S } }" }
        #expect(try Configuration(yaml(lines.joined(separator: "\n"))).clients.map(\.id) == ["z", "a", "m"])
    }

    @Test(
        "Unsafe or meaningless values are refused at their position",
        arguments: [
            ("  app: { audiences: [a] }", "'secret' is missing"),
            ("  app: { audiences: [a], secret: { env: S }, public: true, grants: [refresh_token] }", "has no secret"),
            ("  app: { audiences: [a], public: true }", "redeemsTicketsWithoutAuthentication"),
            (
                "  app: { audiences: [a], secret: { env: S }, redeemsTicketsWithoutAuthentication: true }",
                "This client authenticates"
            ),
            ("  app: { audiences: [a], secrets: [] }", "The list is empty"),
            (
                "  app: { audiences: [a], public: true, secrets: [{ env: S }], grants: [refresh_token] }",
                "has no secret"
            ),
            (
                "  app: { audiences: [a], secret: { env: S }, secrets: [\(Array(repeating: "{ env: S }", count: 8).joined(separator: ", "))] }",
                "at most 8"
            ),
            ("  app: { audiences: [a], secrets: [hunter2-hunter2] }", "A secret cannot be written here directly"),
            ("  app: { audiences: [a], secret: { literal: 'hunter2-hunter2 ' } }", "white space"),
            ("  app: { audiences: [a], secret: { literal: \"hunter2-hunter2-2\\n\" } }", "line break"),
            ("  app: { audiences: [a], secret: { literal: $APP_SECRET } }", "{ env: NAME }"),
            ("  app: { audiences: [a], secret: { file: $DIR/secret } }", "not expanded"),
            ("  app: { secret: { env: S } }", "'audiences' is missing"),
            ("  app: { audiences: [], secret: { env: S } }", "Name the APIs"),
            ("  app: { audiences: [a, b, a], secret: { env: S } }", "twice"),
            ("  app: { audiences: ['a b'], secret: { env: S } }", "visible ASCII"),
            ("  app: { audiences: [a], secret: { env: S }, providers: [q] }", "No provider has this id"),
            ("  app: { audiences: [a], secret: { env: S }, grants: [password] }", "Expected"),
            ("  app: { audiences: [a], secret: { env: S }, signingAlgorithm: HS256 }", "Expected"),
            ("  app: { audiences: [a], secret: hunter2-hunter2 }", "A secret cannot be written here directly"),
            ("  'a b': { audiences: [a], secret: { env: S } }", "This is not a client id"),
            ("  11111111-2222-4333-8444-555555555555: { public: true, grants: [device_code] }", "form of an account"),
            ("  AAAAAAAA-2222-4333-8444-555555555555: { public: true, grants: [device_code] }", "form of an account"),
            ("  app: { audiences: [a], secret: { env: S }, jwksFile: k }", "A client with keys sends no secret"),
            ("  app: { audiences: [a], secrets: [{ env: S }], jwksFile: k }", "A client with keys sends no secret"),
            ("  app: { audiences: [a], public: true, jwksFile: k, grants: [refresh_token] }", "has no keys"),
            ("  app: { audiences: [a], public: true, grants: [client_credentials] }", "no tokens of its own"),
            ("  app: { secret: { env: S }, grants: [client_credentials] }", "'audiences' is missing"),
            ("  app: { secret: { env: S }, grants: [refresh_token] }", "'audiences' is missing"),
            ("  app: { introspects: [a], secret: { env: S }, grants: [token_exchange] }", "'audiences' is missing"),
            ("  app: { introspects: ['a b'], secret: { env: S } }", "visible ASCII"),
            (
                "  app: { audiences: [a], introspects: [a], public: true, grants: [refresh_token] }",
                "Only a client that authenticates"
            ),
            (
                "  app: { audiences: [a], secret: { env: S }, corsOrigins: ['https://app.example.com'] }",
                "A page in a browser cannot keep a secret"
            ),
        ]
    )
    func refused(client: String, message: String) throws {
        let problems = try problems(in: yaml(client))
        #expect(problems.contains { $0.contains(message) })
        #expect(!problems.contains { $0.contains("hunter2") })
    }

    @Test("An API that only introspects tokens needs no audiences, and gets no tokens")
    func asking() throws {
        let text = "  api: { introspects: ['https://api.example.com'], secret: { env: S } }"
        let client = try #require(try Configuration(yaml(text)).clients.first)
        #expect(client.introspects == ["https://api.example.com"])
        #expect(client.grants.isEmpty && client.audiences.isEmpty)
    }

    @Test(
        "An origin is as browsers send it",
        arguments: [
            ("https://app.example.com", true), ("https://app.example.com:8443", true), ("http://localhost:3000", true),
            ("http://127.0.0.1:3000", true), ("http://[::1]:3000", true), ("capacitor://localhost", true),
            ("https://app.example.com/", false), ("https://app.example.com/path", false),
            ("https://app.example.com:443", false), ("http://localhost:80", false), ("http://app.example.com", false),
            ("HTTPS://app.example.com", false), ("https://App.example.com", false), ("https://*.example.com", false),
            ("*", false), ("'null'", false), ("app.example.com", false), ("https://a@example.com", false),
            ("https://app.example.com?x", false), ("''", false),
        ])
    func origins(origin: String, isValid: Bool) throws {
        let text = "  spa: { audiences: [a], public: true, grants: [refresh_token], corsOrigins: ['\(origin)'] }"
            .replacing("''", with: "'")
        if isValid {
            #expect(try Configuration(yaml(text)).clients.first?.corsOrigins == [origin])
        } else {
            #expect(try problems(in: yaml(text)).contains { $0.contains("Expected an origin") })
        }
    }

    @Test("A secret that could be guessed is refused when it is read")
    func shortSecret() throws {
        let client = try client("secret: { env: S }")
        func resolver(_ value: String) -> SecretResolver {
            SecretResolver(environment: { _ in value }, readFile: { _ in [] })
        }
        let error = #expect(throws: ConfigurationError.self) {
            try client.secrets(resolver: resolver("fifteen bytes 1"))
        }
        #expect(error?.problems.map(\.keyPath) == ["clients.app.secret"])
        #expect(try client.secrets(resolver: resolver("sixteen bytes 12")) == [Secret("sixteen bytes 12")])
    }

    @Test("A client may have several secrets, and every invalid one is reported at its position")
    func severalSecrets() throws {
        let client = try client("secret: { env: A }, secrets: [{ env: B }, { env: C }]")
        let values = ["A": "sixteen bytes 12", "B": "sixteen bytes 34"]
        func resolver(_ third: String?) -> SecretResolver {
            SecretResolver(environment: { values[$0] ?? third }, readFile: { _ in [] })
        }
        #expect(
            try client.secrets(resolver: resolver("sixteen bytes 56")).map { $0.reveal() }
                == ["sixteen bytes 12", "sixteen bytes 34", "sixteen bytes 56"])
        for (third, reason) in [(nil, "not set"), ("short", "fewer than 16"), ("sechzehn Bytes ö", "printable ASCII")] {
            let error = #expect(throws: ConfigurationError.self) { try client.secrets(resolver: resolver(third)) }
            #expect(error?.problems.map(\.keyPath) == ["clients.app.secrets[1]"])
            #expect(error?.description.contains(reason) == true)
        }
    }

    @Test(
        "A client that lets anyone redeem tickets causes a warning, if it can use a provider that takes tickets",
        arguments: [("", true), ("providers: [tickets], ", true), ("providers: [p], ", false)])
    func risk(providers: String, isRisk: Bool) throws {
        let text = """
            version: 1
            providers: { p: { type: plain }, tickets: { type: redeeming } }
            clients:
              app: { audiences: [a], public: true, \(providers)redeemsTicketsWithoutAuthentication: true }
            """
        let configuration = try Configuration(
            yaml: Array(text.utf8), file: "test.yaml", baseDirectory: "/etc/broker",
            providers: ProviderRegistry([PlainProvider.self, RedeemingProvider.self]),
            stores: StoreRegistry([.memory]))
        #expect(
            configuration.check().warnings.map(\.keyPath).filter { $0.hasPrefix("clients") }
                == (isRisk ? ["clients.app.redeemsTicketsWithoutAuthentication"] : []))
    }
}
