import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("The URL for signing out")
struct LogoutTests {
    /// A provider that builds the URL that it is told.
    private struct Site: LogoutRequesting {
        struct Settings: Decodable, Sendable {
            var url: String?
            var secret: SecretReference?
            /// What happens while the URL is built.
            var meanwhile: (@Sendable () async -> Void)?

            private enum CodingKeys: CodingKey {
                case url, secret
            }
        }

        static let manifest = ProviderManifest(
            type: "site", displayName: "Site", summary: "Signs out.", credentials: [CredentialForm(kind: .ticket)])

        let issuer = Issuer.example
        let url: String?
        let meanwhile: (@Sendable () async -> Void)?

        init(settings: Settings, context: ProviderContext) throws {
            (url, meanwhile) = (settings.url, settings.meanwhile)
            if let secret = settings.secret { _ = try context.resolve(secret) }
        }

        func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
            .person
        }

        func logoutURL(for request: LogoutRequest, in context: LogoutContext) async throws -> String? {
            await meanwhile?()
            return url
        }
    }

    private static let request = LogoutRequest(
        idToken: Secret("canary.id.token"), returnURI: "https://app.example/signed-out", state: "s 1")
    private static let query = "post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fsigned-out&state=s%201"

    private func url(_ url: String?, for request: LogoutRequest = Self.request) async throws -> String? {
        let settings = Site.Settings(url: url, secret: .literal(Secret("canary-secret-of-the-instance")))
        let instance = try ProviderInstance(Site.self, settings: settings, context: ProviderContext(id: "site"))
        let broker = try Broker(providers: [instance], transport: ScriptedTransport(), clock: .stopped)
        return try await broker.logoutURL(of: "site", for: request)
    }

    @Test("is the provider's, if it leads back as the request says")
    func good() async throws {
        let good = "https://site.example/logout?client_id=c&id_token_hint=canary.id.token&\(Self.query)"
        #expect(try await url(good) == good)
        #expect(try await url("https://site.example/logout", for: LogoutRequest()) == "https://site.example/logout")
        #expect(try await url(nil) == nil)
    }

    @Test(
        "is refused if it leads elsewhere, shows a secret, or is nothing for a browser",
        arguments: [
            ("https://site.example/logout", .internalError),
            ("https://site.example/logout?\(query)&state=2", .internalError),
            ("https://site.example/logout?\(query.replacing("app", with: "evil"))", .internalError),
            ("https://site.example/logout?\(query)&a=canary-secret-of-the-instance", .internalError),
            ("javascript:alert(1)//?\(query)", .internalError), ("https:\\\\evil.example?\(query)", .internalError),
            ("http://site.example/logout?\(query)", .misconfigured),
        ] as [(String, BrokerError.Kind)])
    func bad(url: String, kind: BrokerError.Kind) async throws {
        let error = await #expect(throws: BrokerError.self) { try await self.url(url) }
        #expect(error?.kind == kind && error?.provider == "site")
        #expect(error?.message.contains("canary") == false)
    }

    @Test("that is not had in time, or no longer wanted, is not called a login", arguments: [false, true])
    func waiting(isCancelled: Bool) async throws {
        let clock = TestClock()
        let gate = Gate()
        let settings = Site.Settings { await gate.passStubbornly() }
        let instance = try ProviderInstance(Site.self, settings: settings, context: ProviderContext(id: "site"))
        let broker = try Broker(
            providers: [instance], transport: ScriptedTransport(), clock: BrokerClock(clock, now: clock.wallClock))
        let url = Task { try await broker.logoutURL(of: "site", for: LogoutRequest()) }
        try await gate.waitForArrivals()
        if isCancelled { url.cancel() } else { clock.advance(by: instance.limits.timeout) }
        let error = await #expect(throws: BrokerError.self) { try await url.value }
        #expect(error?.kind == (isCancelled ? .cancelled : .timedOut))
        #expect(error?.message.localizedCaseInsensitiveContains("login") == false)
        gate.open()
    }

    @Test("is not given if the provider is switched off while it is built")
    func killSwitch() async throws {
        let broker = Locked<Broker?>(nil)
        let settings = Site.Settings(url: "https://site.example/logout") {
            _ = broker.withLock { $0 }?.setEnabled(false, for: "site")
        }
        let instance = try ProviderInstance(Site.self, settings: settings, context: ProviderContext(id: "site"))
        let made = try Broker(providers: [instance], transport: ScriptedTransport(), clock: .stopped)
        broker.withLock { $0 = made }
        let error = await #expect(throws: BrokerError.self) {
            try await made.logoutURL(of: "site", for: LogoutRequest())
        }
        #expect(error?.kind == .providerDisabled)
    }

    @Test("is an ability of a type, which others lack")
    func ability() async throws {
        #expect(ProviderKind(Site.self).capabilities == [.logout])
        let instance = try ProviderInstance(
            ScriptedProvider.self, settings: ScriptedProvider.Settings(), context: ProviderContext(id: Bench.id))
        let broker = try Broker(providers: [instance], transport: ScriptedTransport(), clock: .stopped)
        let error = await #expect(throws: BrokerError.self) {
            try await broker.logoutURL(of: Bench.id, for: LogoutRequest())
        }
        #expect(error?.kind == .misconfigured)
        let unknown = await #expect(throws: BrokerError.self) {
            try await broker.logoutURL(of: "nobody", for: LogoutRequest())
        }
        #expect(unknown?.kind == .unknownProvider)
    }
}
