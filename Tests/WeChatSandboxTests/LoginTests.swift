import BrokerSandbox
import BrokerTesting
import IdentityBroker
import Testing
import WeChatProvider

@testable import WeChatSandbox

@Suite("A login at the sandbox")
struct LoginTests {
    typealias MakeSettings<Provider: IdentityProvider> = (WeChatAccountSettings, _ pages: String) -> Provider.Settings

    /// What becomes of everyone's login at a sandbox, through libcurl, by their names.
    private func outcomes<Provider: IdentityProvider>(
        _ type: String,
        _ provider: Provider.Type,
        subject: WeChatSubject = .openid,
        _ settings: MakeSettings<Provider>
    ) async throws -> [String: Result<Identity, BrokerError>] {
        let app = try #require(App.all.first { $0.type == type })
        let sandbox = try await WeChatSandbox.start(app, .init(id: LocalBroker.id))
        do {
            let outcomes = try await outcomes(at: sandbox, provider, subject, settings)
            await sandbox.stop()
            return outcomes
        } catch {
            await sandbox.stop()
            throw error
        }
    }

    private func outcomes<Provider: IdentityProvider>(
        at sandbox: WeChatSandbox,
        _ provider: Provider.Type,
        _ subject: WeChatSubject,
        _ settings: MakeSettings<Provider>
    ) async throws -> [String: Result<Identity, BrokerError>] {
        let account = WeChatAccountSettings(
            appId: sandbox.app.appId, secret: .literal(Secret(sandbox.secret)), subject: subject,
            openPlatform: "sandbox", apiURL: sandbox.baseURL)
        return try await LocalBroker.run(
            provider, settings(account, sandbox.upstream.site.pages), trusting: sandbox.caCertificatePEM
        ) { broker in
            var outcomes: [String: Result<Identity, BrokerError>] = [:]
            for person in sandbox.people {
                do throws(BrokerError) {
                    outcomes[person.name] = .success(try await identity(of: person, at: sandbox, by: broker))
                } catch {
                    outcomes[person.name] = .failure(error)
                }
            }
            return outcomes
        }
    }

    private func identity(
        of person: SandboxPerson,
        at sandbox: WeChatSandbox,
        by broker: Broker
    ) async throws(BrokerError) -> Identity {
        func atSandbox<Value>(_ body: () throws -> Value) throws(BrokerError) -> Value {
            do { return try body() } catch {
                throw BrokerError(.internalError, "The sandbox refuses: \(error)")
            }
        }
        switch try atSandbox({ try sandbox.signIn(as: person) }) {
        case .credential(let credential):
            return try await broker.login(LocalBroker.id, with: credential)
        case .redirect(let answer):
            let start = try await broker.beginRedirect(
                LocalBroker.id, returningTo: "http://127.0.0.1/callback/\(LocalBroker.id)")
            let callback = try atSandbox { try answer(start.url) }
            return try await broker.login(LocalBroker.id, with: .callback(callback, of: start.flow))
        }
    }

    /// Those whom every app signs in, with all that there is of them.
    private static let names = ["ada": "Ada Lovelace", "grace": "Grace Hopper", "alan": "Alan Turing"]

    /// Expects everyone to have what is known of them, and nobody else to be signed in.
    private func expect(_ outcomes: [String: Result<Identity, BrokerError>]) throws {
        for (name, fullName) in Self.names {
            let identity = try #require(try outcomes[name]?.get())
            #expect(identity.claims.name == fullName)
            #expect(identity.notices.isEmpty && identity.alternateIdentifiers.count == 2)
        }
        let unbound = try #require(try outcomes["unbound"]?.get())
        #expect(unbound.alternateIdentifiers.map(\.type) == ["wechat_openid"])
        #expect(unbound.claims.name == "Katherine Johnson" && unbound.notices.isEmpty)
        let garbled = try #require(try outcomes["garbled"]?.get())
        #expect(garbled.claims.name == nil && garbled.claims.nickname == nil && garbled.claims.picture != nil)
        #expect(garbled.notices == [.nameCleaned])
        let subjects = try outcomes.values.compactMap { outcome in
            if case .success = outcome { try outcome.get().subject } else { nil }
        }
        #expect(Set(subjects).count == 5 && subjects.count == 5)
    }

    @Test("of a mini program checks the phone code and the encrypted and signed profile of everyone")
    func miniProgram() async throws {
        let people = try await outcomes("wechat-miniprogram", WeChatMiniProgramProvider.self) { account, _ in
            .init(account: account)
        }
        try expect(people)
        let numbers = try people.mapValues { try $0.get().claims.phoneNumber?.value.rawValue }
        #expect(
            numbers == [
                "ada": "+8613800138000", "grace": "+85291234567", "alan": "+12025550103", "unbound": "+12025550104",
                "garbled": "+12025550105",
            ])
    }

    @Test("of a mobile app, a website and an official account gives the same person another openid and one unionid")
    func others() async throws {
        let app = try await outcomes("wechat-app", WeChatAppProvider.self) { account, _ in account }
        let web = try await outcomes("wechat-web", WeChatWebProvider.self) { account, pages in
            .init(account: account, authorizeURL: pages)
        }
        let page = try await outcomes("wechat-official-account", WeChatOfficialAccountProvider.self) {
            account, pages in .init(account: account, authorizeURL: pages)
        }
        for people in [app, web, page] { try expect(people) }
        for name in Self.names.keys {
            let identities = try [app, web, page].map { try #require(try $0[name]?.get()) }
            #expect(Set(identities.map(\.subject)).count == 3)
            let unionids = identities.map { $0.alternateIdentifiers.first { $0.type == "wechat_unionid" }?.value }
            #expect(Set(unionids).count == 1 && unionids[0] != nil)
        }
    }

    @Test(
        "on a page that WeChat shows as a snapshot is refused, whatever is asked for", arguments: WeChatScope.allCases)
    func snapshot(scope: WeChatScope) async throws {
        let people = try await outcomes("wechat-official-account", WeChatOfficialAccountProvider.self) {
            account, pages in .init(account: account, scope: scope, authorizeURL: pages)
        }
        guard case .failure(let error)? = people["snapshot"] else {
            Issue.record("A user with made-up ids is signed in.")
            return
        }
        #expect(error.kind == .interactionRequired && error.credential == .spent)
        // WeChat shows no other page so.
        for app in App.all where app.type != "wechat-official-account" {
            #expect(app.people.allSatisfy { !$0.seesSnapshot })
        }
    }

    @Test("of someone without a unionid is refused where that is the subject, and nobody else's is")
    func unbound() async throws {
        let all = [
            try await outcomes("wechat-miniprogram", WeChatMiniProgramProvider.self, subject: .unionid) { account, _ in
                .init(account: account)
            },
            try await outcomes("wechat-web", WeChatWebProvider.self, subject: .unionid) { account, pages in
                .init(account: account, authorizeURL: pages)
            },
        ]
        for var people in all {
            guard case .failure(let error)? = people.removeValue(forKey: "unbound") else {
                Issue.record("Someone is signed in by another id.")
                continue
            }
            #expect(error.kind == .misconfigured && error.message.contains("Open Platform"))
            #expect(try Set(people.values.map { try $0.get().subject }).count == 4)
        }
    }
}
