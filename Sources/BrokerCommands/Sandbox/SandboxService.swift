import BrokerConfiguration
import BrokerService
import BrokerServing
import BrokerTokens
import IdentityBroker
import JOSE
import Logging

/// A service with a sandbox: nothing outlives it, and missing secrets are generated.
struct SandboxService {
    let parts: ServiceParts
    /// A request to try; nil if no client may make one.
    let example: ServingReport.Example?

    /// Starts a sandbox.
    ///
    /// - Parameters:
    ///   - file: The configuration file's contents; nil if there is none.
    ///   - demonstrates: Whether to show a login with a browser as well.
    ///   - logger: For the events of the providers.
    init(
        _ file: Configuration?,
        demonstrating demonstrates: Bool,
        in composition: Composition,
        logger: Logger
    ) async throws {
        let configuration = if let file { file } else { try SandboxConfiguration.load(in: composition) }
        var server = try configuration.requiredServer
        // There is no load balancer in front of it.
        server.drain.delay = .zero
        guard server.listen.isLoopback else {
            throw BrokerError.misconfigured("A sandbox signs anyone in. Set 'listen' to a loopback address.")
        }
        if let issuer = server.issuer, UpstreamURL(issuer)?.isLoopback == false {
            composition.console.writeError(
                "warning: this sandbox signs anyone in as \(issuer). Let no proxy serve it under that name.")
        }
        let standIn = try SandboxStandIn(in: file, of: composition.sandboxes)
        let sandbox = try await standIn.start(in: composition)
        var clients = try configuration.clients.map { entry in
            try TokenClient(entry, authentication: Self.authentication(of: entry))
        }
        let demonstration =
            demonstrates ? try await SandboxDemonstration(of: server, in: composition, logger: logger) : nil
        if let demonstration { clients.append(try demonstration.client()) }
        var upstreams = try sandbox.files.loadConfiguration(in: composition)
        if let demonstration {
            upstreams = upstreams.adding(
                providersOf: try demonstration.upstream.files.loadConfiguration(in: composition))
        }
        parts = try ServiceParts(
            configuration: upstreams,
            server: server,
            store: MemoryStore(),
            encryptionKey: .ephemeral(),
            clients: clients,
            logger: logger
        )
        example = try Self.example(of: clients, at: sandbox, beside: demonstration?.app)
    }

    /// The client's keys, which are public; or else a literal secret from the configuration, or a generated one: a secret kept
    /// elsewhere may be the real one, and this one is shown.
    private static func authentication(
        of entry: ClientEntry
    ) throws(ConfigurationError) -> TokenClient.Authentication {
        if entry.isPublic || entry.hasKeys { return try entry.authentication() }
        if case .literal(let secret) = entry.secretReferences.first { return .secret(secret) }
        return .secret(Secret(Base64URL.encode(RandomSource.system.bytes(24))))
    }

    private static func example(
        of clients: [TokenClient],
        at sandbox: RunningSandbox,
        beside app: ExampleApp?
    ) throws(BrokerError) -> ServingReport.Example? {
        guard let client = clients.first(where: { $0.grants.contains(.tokenExchange) }) else { return nil }
        var secret: String?
        if case .secrets(let secrets) = client.authentication { secret = secrets.first?.reveal() }
        return ServingReport.Example(
            client: client.id,
            secret: secret,
            provider: sandbox.id.rawValue,
            audience: client.audiences.count > 1 ? client.audiences.first : nil,
            guide: try sandbox.makeGuide(),
            caFile: sandbox.files.caFile,
            app: app?.url
        )
    }
}
