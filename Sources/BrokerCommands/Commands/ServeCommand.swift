import ArgumentParser
import BrokerConfiguration
import BrokerObservability
import BrokerService
import IdentityBroker
import Logging
import Metrics
import UnixSignals

struct ServeCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves OAuth 2.0 and OpenID Connect to apps in any language.",
        discussion: """
            Reads 'server:' and 'clients:' from the configuration, and runs until Ctrl-C or SIGTERM. It then keeps \
            serving for 'drainDelay', answers the requests under way, and exits with status 0. A second SIGINT or \
            SIGTERM ends it at once, with status 130 or 143. SIGHUP reloads the configuration.

            With --sandbox it starts a provider's sandbox, keeps everything in memory, makes up the secrets that the \
            configuration refers to, and prints a request to try. It then needs no configuration file, and SIGHUP \
            ends it, as when the terminal closes. Unless --config or BROKER_CONFIG names one, it also starts an \
            example app, to which people sign in with a browser.

            Examples:
              broker serve --sandbox
              broker serve --config /etc/broker.yaml --log-level info
            """
    )

    @Flag(name: .long, help: "Serve with a local upstream, for development. Nothing is kept.")
    var sandbox = false

    @OptionGroup var common: CommonOptions

    /// The service group handles signals.
    static let endsAtSignals = true

    /// It makes the service reload its configuration. A sandbox has nothing that should outlive its terminal.
    var handlesHangup: Bool { !sandbox }

    func run(in composition: Composition) async throws(BrokerError) {
        try ThreadLimit.check(ThreadLimit.ofService)
        // A SIGHUP during startup must not end the service, and takes effect once it serves.
        let reloadRequests = sandbox ? nil : await UnixSignalsSequence(trapping: .sighup)
        let file =
            sandbox
            ? try common.loadConfigurationOfSandbox(in: composition) : try common.loadConfiguration(in: composition)
        let registry = PrometheusRegistry()
        registry.observe(ProcessMetrics().current)
        let output = LogOutput(metrics: registry)
        var logger = Logger(
            label: "broker", factory: { JSONLogHandler(label: $0, to: output, metadataProvider: .traceContext) })
        // Reloads and other events of the service are logged by default; requests are not.
        logger.logLevel = (common.logLevel ?? .notice).level
        // Only for this command: a program that embeds it has its own metrics.
        let result = await withMetricsFactory(registry) { [logger] () async -> Result<Void, BrokerError> in
            do throws(BrokerError) {
                let (parts, example) = try await parts(of: file, in: composition, logger: logger)
                let service = try await composition.console.reporting {
                    try await BrokerService(
                        parts, metrics: registry, reloadRequests: reloadRequests, logger: logger,
                        endingWith: composition.end)
                }
                let interruption = composition.interruption
                try await service.run(
                    until: StopRequests(wait: { await interruption.wait(for: $0) }, request: interruption.request)
                ) { ports throws(BrokerError) in
                    try write(ServingReport(service, ports: ports, example: example), to: composition.console)
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        await output.flush(within: .seconds(1))
        try result.get()
    }

    private func parts(
        of file: Configuration?,
        in composition: Composition,
        logger: Logger
    ) async throws(BrokerError) -> (ServiceParts, ServingReport.Example?) {
        guard !sandbox, let file else {
            let service = try await composition.console.reporting {
                try await SandboxService(
                    file, demonstrating: !common.namesConfiguration, in: composition, logger: logger)
            }
            return (service.parts, service.example)
        }
        let parts = try await composition.console.reporting {
            try ServiceParts(file, logger: logger, endingWith: composition.end)
        }
        return (parts, nil)
    }

    private func write(_ report: ServingReport, to console: Console) throws(BrokerError) {
        switch common.format {
        case .json: try console.write(report.members.terminalJSON)
        case .text: try console.write(report.text(in: console.style))
        }
    }
}
