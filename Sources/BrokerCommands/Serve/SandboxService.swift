import BrokerConfiguration
import BrokerObservability
import BrokerServer
import BrokerTokens
import IdentityBroker
import JOSE

/// A service against a sandbox: nothing outlives it, and what has no secret gets one for the occasion.
struct SandboxService {
    private let setup: ServiceSetup
    private let file: Configuration?

    /// - Parameter file: The configuration that was read from a file, if there is one: what is to have a sandbox.
    init(_ setup: ServiceSetup, standingIn file: Configuration?) {
        self.setup = setup
        self.file = file
    }

    func run(
        metrics: PrometheusRegistry,
        reporting report: @escaping ServingReport.Writer
    ) async throws(BrokerError) {
        var server = try setup.server
        // No load balancer is in front of it.
        server.limits.drainDelay = .zero
        guard server.listen.isLoopback else {
            throw .misconfigured("A sandbox signs anyone in. Set 'listen' to a loopback address.")
        }
        let standIn = try SandboxStandIn(in: file, of: setup.composition.sandboxes)
        let sandbox = try await standIn.start(endingWith: setup.composition.end)
        let clients = try setup.configuration.clients.map { entry throws(BrokerError) in
            try TokenClient(entry, secrets: entry.isPublic ? [] : [secret(of: entry)])
        }
        let parts = ServiceParts(
            configuration: try sandbox.files.loadConfiguration(in: setup.composition),
            store: MemoryStore(),
            encryptionKey: .ephemeral(),
            clients: clients,
            path: nil
        )
        let service = try await RunningService(parts, server: server, setup: setup, metrics: metrics)
        let example = try example(of: clients, at: sandbox)
        try await service.run(reporting: report, example: example)
    }

    /// A secret that stands in the configuration itself, or one for the occasion: what is kept elsewhere may be the one that
    /// counts, and this one is shown.
    private func secret(of entry: ClientEntry) -> Secret {
        if case .literal(let secret) = entry.secretReferences.first { return secret }
        return Secret(Base64URL.encode(RandomSource.system.bytes(24)))
    }

    private func example(
        of clients: [TokenClient],
        at sandbox: RunningSandbox
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
            caFile: sandbox.files.caFile
        )
    }
}
