import Foundation
import IdentityBroker
import Testing
import WXAppClient
import WXAppProvider

@Suite("Settings")
struct SettingsTests {
    private static func provider(_ settings: WXAppProvider.Settings) throws -> WXAppProvider {
        let nothing = SecretResolver(environment: { _ in nil }, readFile: { _ in [] })
        return try WXAppProvider(settings: settings, context: ProviderContext(id: "wxapp", resolver: nothing))
    }

    @Test("need a user pool and nothing else")
    func least() throws {
        let settings = try JSONDecoder().decode(
            WXAppProvider.Settings.self,
            from: Data(#"{"userPoolId":"5e4cdd055df3df65dc58b97d"}"#.utf8)
        )
        #expect(settings.secret == nil)
        #expect(settings.tokenKey == nil)
        #expect(settings.baseURL == "https://core.genauth.cn")
        #expect(!settings.requestPhone)
        #expect(try Self.provider(settings).issuer.rawValue == "https://core.genauth.cn/5e4cdd055df3df65dc58b97d")
    }

    @Test("are decoded under their configuration keys")
    func most() throws {
        let text = """
            {"userPoolId": "pool", "secret": {"env": "SECRET"}, "baseURL": "https://id.example.com/genauth/",
             "issuer": "urn:genauth:pool", "tokenKey": {"file": "/run/secrets/key"}, "requestPhone": true,
             "miniProgram": {"userName": "gh_1", "appId": "wx1", "path": "/p", "useSelfWxapp": true, "type": "preview"}}
            """
        let settings = try JSONDecoder().decode(WXAppProvider.Settings.self, from: Data(text.utf8))
        #expect(settings.userPoolId == "pool")
        #expect(settings.secret == .environment("SECRET"))
        #expect(settings.baseURL == "https://id.example.com/genauth/")
        #expect(settings.issuer == "urn:genauth:pool")
        #expect(settings.tokenKey == .file("/run/secrets/key"))
        #expect(settings.requestPhone)
        #expect(settings.miniProgram.userName == "gh_1")
        #expect(settings.miniProgram.appId == "wx1")
        #expect(settings.miniProgram.path == "/p")
        #expect(settings.miniProgram.useSelfWxapp == true)
        #expect(settings.miniProgram.type == .preview)
    }

    @Test("derive the issuer from base URL and user pool, or take a fixed one, so that a move changes no one's key")
    func issuer() throws {
        let moved = WXAppProvider.Settings(userPoolId: "pool", baseURL: "https://new.example.com/")
        #expect(try Self.provider(moved).issuer.rawValue == "https://new.example.com/pool")
        var kept = moved
        kept.issuer = "https://core.genauth.cn/pool"
        #expect(try Self.provider(kept).issuer.rawValue == "https://core.genauth.cn/pool")
    }

    @Test(
        "that are invalid are refused by name",
        arguments: [
            (.init(userPoolId: ""), "userPoolId"),
            (.init(userPoolId: "a b"), "userPoolId"),
            (.init(userPoolId: "a\n"), "userPoolId"),
            (.init(userPoolId: "池"), "userPoolId"),
            (.init(userPoolId: "."), "userPoolId"),
            (.init(userPoolId: ".."), "userPoolId"),
            (.init(userPoolId: String(repeating: "a", count: 129)), "userPoolId"),
            (.init(userPoolId: "pool", baseURL: "core.genauth.cn"), "baseURL"),
            (.init(userPoolId: "pool", baseURL: "https://core.genauth.cn?a=b"), "baseURL"),
            (.init(userPoolId: "pool", baseURL: "ftp://core.genauth.cn"), "baseURL"),
            (.init(userPoolId: "pool", issuer: ""), "issuer"),
            (.init(userPoolId: "pool", issuer: "a b"), "issuer"),
            (.init(userPoolId: "$POOL"), "userPoolId"),
            (.init(userPoolId: "pool/1"), "userPoolId"),
            (.init(userPoolId: "pool", miniProgram: .init(path: "routes/explore")), "miniProgram.path"),
            (.init(userPoolId: "pool", miniProgram: .init(userName: "")), "miniProgram.userName"),
            (.init(userPoolId: "pool", miniProgram: .init(appId: " ")), "miniProgram.appId"),
            (.init(userPoolId: "pool", secret: .environment("UNSET")), "UNSET"),
            (.init(userPoolId: "pool", tokenKey: .environment("UNSET")), "UNSET"),
        ] as [(WXAppProvider.Settings, String)]
    )
    func refused(settings: WXAppProvider.Settings, name: String) throws {
        let error = try #require(throws: BrokerError.self) { try Self.provider(settings) }
        #expect(error.kind == .misconfigured)
        #expect(error.message.contains(name))
    }
}
