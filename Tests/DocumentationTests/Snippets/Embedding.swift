import BrokerConfiguration
import BrokerSQLite
import CurlTransport
import IdentityBroker
import WXAppProvider

/// The embedding code in the README and the guides, compiled. `CompiledSnippets` compares them.
enum Embedding {
    /// The README.
    static func readme(ticket: String) async throws {
        let wxapp = try ProviderInstance(
            WXAppProvider.self,
            settings: .init(userPoolId: "5e4cdd055df3df65dc58b97d", secret: .environment("GENAUTH_USER_POOL_SECRET")),
            context: ProviderContext(id: "wxapp"))
        let broker = try Broker(
            providers: [wxapp], transport: CurlTransport(), store: SQLiteStore(path: "broker.sqlite"))

        let identity = try await broker.login("wxapp", with: .ticket(ticket))  // or throws BrokerError
        print(identity.issuer, identity.subject, identity.claims.name ?? "")
    }

    /// "Embed the broker".
    static func guide(ticket: String) async throws -> Identity {
        let wxapp = try ProviderInstance(
            WXAppProvider.self,
            settings: .init(userPoolId: "5e4cdd055df3df65dc58b97d", secret: .environment("GENAUTH_USER_POOL_SECRET")),
            context: ProviderContext(id: "wxapp")
        )
        let transport = try CurlTransport()
        let broker = try Broker(providers: [wxapp], transport: transport, store: SQLiteStore(path: "broker.sqlite"))
        let identity = try await broker.login("wxapp", with: .ticket(ticket))
        return identity
    }

    /// "Enable a provider".
    static func configuration() throws -> Broker {
        let configuration = try Configuration.load(
            contentsOf: "broker.yaml",
            providers: ProviderRegistry([WXAppProvider.self]),
            stores: StoreRegistry([.sqlite, .memory])
        )
        let broker = try Broker(
            providers: configuration.makeInstances(), transport: CurlTransport(), store: configuration.makeStore(),
            retention: configuration.retention)
        return broker
    }
}
