import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("The upstream's name in its answer to the browser")
struct IssuerNameTests {
    private static func scenario(
        _ name: String,
        declared: [AddressTemplate] = [],
        _ settings: @escaping @Sendable (inout OAuth2Provider.Settings) -> Void = { _ in }
    ) -> Scenario {
        Scenario {
            $0.declaration.authorization.issuers = declared
            $0.settings = settings
            $0.callback = { $0["iss"] = name }
        }
    }

    private static func isTaken(_ scenario: Scenario) async throws -> Bool {
        try await scenario.run { desk in
            let failure = await Scenario.failure { _ = try await desk.login() }
            guard let failure else { return true }
            #expect(failure.kind == .invalidCredential)
            #expect(desk.upstream.requests.isEmpty)
            return false
        }
    }

    @Test("is the issuer, or one of the declared")
    func declared() async throws {
        let declared: [AddressTemplate] = ["https://id.example/login/oauth"]
        #expect(try await Self.isTaken(Self.scenario("https://id.example/login/oauth", declared: declared)))
        #expect(try await Self.isTaken(Self.scenario("https://id.example", declared: declared)))
        #expect(try await !Self.isTaken(Self.scenario("https://id.example/login", declared: declared)))
        #expect(try await Self.isTaken(Self.scenario("https://id.example")))
        #expect(try await !Self.isTaken(Self.scenario("https://id.example/login/oauth")))
    }

    @Test("is not the declared one where the issuer is another")
    func anotherIssuer() async throws {
        let declared: [AddressTemplate] = ["https://id.example/login/oauth"]
        func scenario(_ name: String) -> Scenario {
            Self.scenario(name, declared: declared) { $0.issuer = "https://git.example" }
        }
        #expect(try await Self.isTaken(scenario("https://git.example")))
        #expect(try await !Self.isTaken(scenario("https://id.example/login/oauth")))
    }

    @Test("is what the setting says, if that is there")
    func setting() async throws {
        func scenario(_ name: String) -> Scenario {
            Self.scenario(name, declared: ["https://id.example/login/oauth"]) {
                $0.authorizationIssuers = ["https://git.example/login/oauth"]
            }
        }
        #expect(try await Self.isTaken(scenario("https://git.example/login/oauth")))
        #expect(try await !Self.isTaken(scenario("https://id.example/login/oauth")))
        for names in [[], ["git.example"], ["https://git.example?a=b"]] {
            let settings = Scenario { $0.settings = { $0.authorizationIssuers = names } }.settings(at: "id.example")
            let error = #expect(throws: BrokerError.self) {
                try OAuth2Provider(settings: settings, context: ProviderContext(id: "id"))
            }
            #expect(error?.message.hasPrefix("authorizationIssuers") == true)
        }
    }
}
