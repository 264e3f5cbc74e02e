import BrokerConfiguration
import BrokerServer
import BrokerTokens
import GenAuthSandbox
import IdentityBroker
import JOSE

/// A service against a sandbox: nothing outlives it, and what has no secret gets one for the occasion.
struct SandboxService {
    private let setup: ServiceSetup

    init(_ setup: ServiceSetup) {
        self.setup = setup
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
        let provider = try provider
        let end = setup.composition.end
        let sandbox = try await SandboxCommand.start(GenAuthSandbox.Configuration(), endingWith: end)
        let files = try SandboxFiles(for: sandbox, as: provider, in: nil, endingWith: end)
        let clients = try setup.configuration.clients.map { entry throws(BrokerError) in
            try TokenClient(entry, secrets: entry.isPublic ? [] : [secret(of: entry)])
        }
        let parts = ServiceParts(
            configuration: try files.loadConfiguration(in: setup.composition),
            store: MemoryStore(),
            encryptionKey: .ephemeral(),
            clients: clients,
            path: nil
        )
        let service = try await RunningService(parts, server: server, setup: setup, metrics: metrics)
        let example = try example(of: clients, at: provider, sandbox: sandbox, files: files)
        try await service.run(reporting: report, example: example)
    }

    /// The provider that the sandbox stands in for.
    private var provider: ProviderID {
        get throws(BrokerError) {
            let entries = setup.configuration.providers
            guard let entry = entries.first(where: { $0.manifest.type == "wxapp" && $0.isEnabled }) else {
                throw .misconfigured(
                    "The sandbox runs GenAuth. Configure and enable a provider of type wxapp.")
            }
            return entry.id
        }
    }

    /// A secret that stands in the configuration itself, or one for the occasion: what is kept elsewhere may be the one that
    /// counts, and this one is shown.
    private func secret(of entry: ClientEntry) -> Secret {
        if case .literal(let secret) = entry.secretReferences.first { return secret }
        return Secret(Base64URL.encode(RandomSource.system.bytes(24)))
    }

    private func example(
        of clients: [TokenClient],
        at provider: ProviderID,
        sandbox: GenAuthSandbox,
        files: SandboxFiles
    ) throws(BrokerError) -> ServingReport.Example? {
        guard let client = clients.first(where: { $0.grants.contains(.tokenExchange) }) else { return nil }
        var secret: String?
        if case .secrets(let secrets) = client.authentication { secret = secrets.first?.reveal() }
        do {
            let report = try SandboxReport(sandbox, files: files, ticketCount: 3)
            return ServingReport.Example(
                client: client.id,
                secret: secret,
                provider: provider.rawValue,
                audience: client.audiences.count > 1 ? client.audiences.first : nil,
                tickets: report.tickets,
                authoriseURL: report.authoriseURL,
                caFile: report.caFile
            )
        } catch {
            throw BrokerError(.internalError, "The sandbox could not mint a ticket.")
        }
    }
}
