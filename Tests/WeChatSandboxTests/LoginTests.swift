import BrokerSandbox
import CurlTransport
import Foundation
import IdentityBroker
import Testing
import WeChatProvider

@testable import WeChatSandbox

@Suite("A login at the sandbox")
struct LoginTests {
    typealias MakeSettings<Provider: IdentityProvider> = (WeChatAccountSettings, _ pages: String) -> Provider.Settings

    /// Signs everyone in at a sandbox, through libcurl.
    private func identities<Provider: IdentityProvider>(
        _ type: String,
        _ provider: Provider.Type,
        _ settings: MakeSettings<Provider>
    ) async throws -> [Identity] {
        let app = try #require(App.all.first { $0.type == type })
        let sandbox = try await WeChatSandbox.start(.init(app: app, id: "work"))
        let transport = try CurlTransport()
        do {
            let identities = try await identities(at: sandbox, over: transport, provider, settings)
            await transport.shutdown()
            await sandbox.stop()
            return identities
        } catch {
            await transport.shutdown()
            await sandbox.stop()
            throw error
        }
    }

    private func identities<Provider: IdentityProvider>(
        at sandbox: WeChatSandbox,
        over transport: CurlTransport,
        _ provider: Provider.Type,
        _ settings: MakeSettings<Provider>
    ) async throws -> [Identity] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        try Data(sandbox.caCertificatePEM.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let account = WeChatAccountSettings(
            appId: sandbox.configuration.app.appId, secret: .literal(Secret(sandbox.secret)), openPlatform: "sandbox",
            apiURL: sandbox.baseURL)
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            Provider.self, settings: settings(account, sandbox.upstream.site.pages),
            context: ProviderContext(id: "work"),
            limits: ProviderLimits(timeout: .seconds(120), connectTimeout: .seconds(60)),
            network: NetworkPolicy(caFile: file.path(), egress: EgressPolicy(allowedNetworks: loopback)))
        let broker = try Broker(providers: [instance], transport: transport)
        var identities: [Identity] = []
        for person in sandbox.people {
            switch try sandbox.signIn(as: person) {
            case .credential(let credential): identities.append(try await broker.login("work", with: credential))
            case .redirect(let answer):
                let start = try await broker.beginRedirect("work", returningTo: "http://127.0.0.1/callback/work")
                identities.append(
                    try await broker.login("work", with: .callback(try answer(start.url), of: start.flow)))
            }
        }
        return identities
    }

    @Test("of a mini program checks the phone code and the encrypted and signed profile of everyone")
    func miniProgram() async throws {
        let people = try await identities("wechat-miniprogram", WeChatMiniProgramProvider.self) { account, _ in
            .init(account: account)
        }
        #expect(people.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper", "Alan Turing"])
        let numbers = people.map { $0.claims.phoneNumber?.value.rawValue }
        #expect(numbers == ["+8613800138000", "+85291234567", "+12025550103"])
        #expect(people.allSatisfy { $0.notices.isEmpty && $0.alternateIdentifiers.count == 2 })
        #expect(Set(people.map(\.subject)).count == 3)
    }

    @Test("of a mobile app, a website and an official account gives the same person another openid and one unionid")
    func others() async throws {
        let app = try await identities("wechat-app", WeChatAppProvider.self) { account, _ in account }
        let web = try await identities("wechat-web", WeChatWebProvider.self) { account, pages in
            .init(account: account, authorizeURL: pages)
        }
        let page = try await identities("wechat-official-account", WeChatOfficialAccountProvider.self) {
            account, pages in .init(account: account, authorizeURL: pages)
        }
        for people in [app, web, page] {
            #expect(people.map(\.claims.name) == ["Ada Lovelace", "Grace Hopper", "Alan Turing"])
            #expect(people.flatMap(\.notices) == [])
        }
        #expect(Set([app, web, page].map { $0[0].subject }).count == 3)
        let unionids = try [app, web, page].map { people in
            try people.map { try #require($0.alternateIdentifiers.first { $0.type == "wechat_unionid" }).value }
        }
        #expect(Set(unionids).count == 1)
        #expect(unionids.first.map { Set($0).count } == 3)
    }
}
