import AlipayProvider
import BrokerConfiguration
import BrokerPostgres
import BrokerSQLite
import BrokerServing
import BrokerTokens
import DingTalkProvider
import FeishuProvider
import Foundation
import IdentityBroker
import Testing
import OAuth2Provider
import OpenIDConnectProvider
import WXAppProvider
import WeChatProvider
import WeComProvider

@Suite("The shipped configuration")
struct ShippedConfigurationTests {
    private static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Config").path

    private static let resolver = SecretResolver(
        environment: { name in
            let names = [
                "GENAUTH_USER_POOL_SECRET", "BROKER_KEY_ENCRYPTION_KEY", "EXAMPLE_APP_SECRET", "NOTES_CLIENT_SECRET",
                "NOTES_API_SECRET", "NOTES_WEB_SECRET",
            ]
            return names.contains(name) ? "a secret of more than 32 bytes, made up" : nil
        },
        readFile: { _ in Array("a secret of more than 32 bytes, made up".utf8) }
    )

    private static func load(_ file: String) throws -> Configuration {
        try Configuration.load(
            contentsOf: "\(directory)/\(file)",
            providers: providers(),
            stores: stores()
        )
    }

    private static func providers() throws -> ProviderRegistry {
        try ProviderRegistry(
            [
                ProviderKind(FeishuProvider.self), ProviderKind(OAuth2Provider.self),
                ProviderKind(OpenIDConnectProvider.self),
                ProviderKind(WXAppProvider.self), ProviderKind(WeChatAppProvider.self),
                ProviderKind(WeChatMiniProgramProvider.self), ProviderKind(WeChatOfficialAccountProvider.self),
                ProviderKind(WeChatWebProvider.self), ProviderKind(WeComProvider.self),
                ProviderKind(AlipayProvider.self), ProviderKind(DingTalkProvider.self),
            ] + OAuth2Preset.all.map(\.kind) + OpenIDConnectPreset.all.map(\.kind))
    }

    private static func stores() throws -> StoreRegistry {
        try StoreRegistry([.sqlite, .postgres, .memory])
    }

    private static func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8)
    }

    @Test("broker.yaml runs unchanged once the secrets are in the environment")
    func runs() throws {
        let configuration = try Self.load("broker.yaml")
        #expect(configuration.providers.map(\.id) == ["wxapp"])
        #expect(configuration.storeKind.name == "sqlite")
        #expect(configuration.retention == .seconds(24 * 60 * 60))
        let check = configuration.check(resolver: Self.resolver)
        #expect(check.problems == [])
        #expect(check.warnings == [])
        let instance = try configuration.makeInstance("wxapp", resolver: Self.resolver)
        #expect(instance.issuer == Issuer("https://core.genauth.cn/5e4cdd055df3df65dc58b97d"))
    }

    @Test("broker.yaml needs no secret for a launch request")
    func launches() throws {
        let request = try Self.load("broker.yaml").entry(for: "wxapp").launchRequest()
        #expect(request.parameters.contains { $0.value.contains("5e4cdd055df3df65dc58b97d") })
    }

    @Test("broker.example.yaml is valid, and its stated defaults are the actual ones")
    func example() throws {
        let example = try Self.load("broker.example.yaml")
        let plain = try Self.load("broker.yaml")
        let check = example.check(resolver: Self.resolver)
        #expect(check.problems == [])
        // The example shows a public client, and the one setting for it that causes a warning; and clients whose people sign
        // in by a browser, while all its providers for that are disabled.
        let advised = check.warnings.map(\.keyPath)
        let forBrowsers = ["notes-web", "notes-native", "bank", "notes-tv"].map { "clients.\($0)" }
        #expect(advised == forBrowsers + ["clients.notes-phone.redeemsTicketsWithoutAuthentication"])
        let entry = try #require(example["wxapp"])
        var limits = entry.limits
        #expect(limits.rate == RateLimit(logins: 100, per: .seconds(1), burst: 200))
        #expect(limits.callerRate == RateLimit(logins: 10, per: .seconds(60)))
        (limits.rate, limits.callerRate) = (nil, nil)  // These are examples.
        #expect(limits == plain["wxapp"]?.limits)
        #expect(entry.network == plain["wxapp"]?.network)
        #expect(try entry.launchRequest() == plain.entry(for: "wxapp").launchRequest())
        let issuer = try entry.makeInstance(resolver: Self.resolver).issuer
        #expect(issuer == (try plain.makeInstance("wxapp", resolver: Self.resolver).issuer))
        let staging = try #require(example["wxapp-staging"])
        #expect(!staging.isEnabled)
        #expect(example["work"]?.kind.manifest.type == "oidc")
        #expect(staging.network.caFile == "\(Self.directory)/staging-ca.pem")
    }

    @Test("The service defaults stated in broker.example.yaml are the actual ones")
    func service() throws {
        let example = try #require(try Self.load("broker.example.yaml").server)
        let plain = try #require(try Self.load("broker.yaml").server)
        var requests = example.requests
        #expect(requests.clientRate == RateLimit(logins: 200, per: .seconds(1), burst: 400))
        #expect(requests.addressRate == RateLimit(logins: 50, per: .seconds(1)))
        (requests.clientRate, requests.addressRate) = (nil, nil)  // These are examples.
        #expect(requests == plain.requests && requests == RequestLimits())
        #expect(example.bounds == plain.bounds && example.bounds == RequestBounds())
        #expect(example.connections == plain.connections && example.connections == ConnectionCapacity())
        #expect(example.drain == plain.drain && example.drain == DrainTimes())
        #expect(example.lifetimes == plain.lifetimes)
        #expect(example.lifetimes == .standard)
        #expect(example.rotation == plain.rotation)
        #expect(example.rotation.period == KeyRotation.standard.period)
        #expect(example.listen == plain.listen)
        #expect(example.metricsNetworks == plain.metricsNetworks)
        #expect(example.forwardingHeader == plain.forwardingHeader)
    }

    @Test("broker.example.yaml shows every setting")
    func everySetting() throws {
        let text = try Self.text("broker.example.yaml")
        let providers = try Self.providers()
        let json = try ConfigurationSchema(providers: providers, stores: Self.stores()).json
        let schema = try JSONSerialization.jsonObject(with: Data(json.utf8))
        let keys = Self.propertyNames(in: schema).subtracting(["literal"])
        #expect(keys.count > 20)
        #expect(keys.filter { !text.contains("\($0): ") && !text.contains("\($0):\n") } == [])
    }

    @Test(
        "The files are valid for an independent validator",
        .enabled(if: Python.hasJSONSchema, "python3 with jsonschema and PyYAML is needed"),
        arguments: ["broker.yaml", "broker.example.yaml"]
    )
    func schema(file: String) throws {
        let providers = try Self.providers()
        let json = try ConfigurationSchema(providers: providers, stores: Self.stores()).json
        #expect(try Python.validate(Self.text(file), against: json) == [])
    }

    /// Every key that a schema has a property for.
    private static func propertyNames(in schema: Any) -> Set<String> {
        switch schema {
        case let object as [String: Any]:
            let own = (object["properties"] as? [String: Any])?.keys.map(\.self) ?? []
            return object.values.reduce(Set(own)) { $0.union(propertyNames(in: $1)) }
        case let array as [Any]:
            return array.reduce([]) { $0.union(propertyNames(in: $1)) }
        default:
            return []
        }
    }
}
