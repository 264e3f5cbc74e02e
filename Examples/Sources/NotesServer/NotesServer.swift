import BrokerServer
import BrokerTokens
import CurlTransport
import Foundation
import Hummingbird
import IdentityBroker
import Logging
import WXAppProvider
import WXAppSandbox

/// An app's own server with the broker inside: people sign in at the broker's endpoints, and `/notes` accepts its tokens.
@main
struct NotesServer {
    static let api = "https://notes.example.com"

    static func main() async throws {
        let port = ProcessInfo.processInfo.environment["PORT"].flatMap { Int($0) } ?? 8081
        // A local GenAuth, and everything in memory. In production: the real one, and `SQLiteStore` or `PostgresStore`.
        let sandbox = try await GenAuthSandbox.start()
        let store = MemoryStore()
        let transport = try CurlTransport()
        let broker = try Broker(providers: [wxapp(at: sandbox)], transport: transport, store: store)

        // The key that encrypts the signing keys. In production: KeyEncryptionKey(Secret(…)), the same in all replicas.
        let keys = SigningKeys(store: store, encryptionKey: .ephemeral())
        try await keys.prepare()
        let app = try TokenClient(
            id: "notes-app", authentication: .secret(Secret("not for production use")), audiences: [api])
        let tokens = try TokenService(
            issuer: "http://127.0.0.1:\(port)", clients: ClientDirectory([app]), broker: broker, store: store,
            keys: keys)

        let router = Router(context: NotesContext.self)
        let endpoints = try BrokerEndpoints(tokens)
        endpoints.add(to: router)
        let verifier = AccessTokenVerifier(issuer: tokens.issuer, keys: keys)
        router.group("notes")
            .add(middleware: AccessTokenMiddleware(verifier: verifier, audience: api))
            .get { _, context in "The notes of \(context.accessToken?.subject ?? "nobody")\n" }

        let ticket = try sandbox.mintTicket()
        let server = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            services: [BrokerMaintenance(of: endpoints)],
            onServerRunning: { _ in print("Sign in at port \(port) with the ticket \(ticket)") }
        )
        try await server.runService()
        await broker.finish()
        await transport.shutdown()
        try await store.close()
        await sandbox.stop()
    }

    private static func wxapp(at sandbox: GenAuthSandbox) throws -> ProviderInstance {
        let caFile = FileManager.default.temporaryDirectory.appending(path: "notes-\(UUID().uuidString).pem").path()
        try sandbox.writeCACertificate(to: caFile)
        return try ProviderInstance(
            WXAppProvider.self,
            settings: .init(
                userPoolId: sandbox.configuration.userPoolId,
                secret: .literal(Secret(sandbox.configuration.secret)),
                baseURL: sandbox.baseURL
            ),
            context: ProviderContext(id: "wxapp"),
            network: NetworkPolicy(caFile: caFile, egress: EgressPolicy(allowedNetworks: IPNetwork.loopback))
        )
    }
}
