import ArgumentParser
import BrokerConfiguration
import CurlTransport
import IdentityBroker

struct LoginCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Exchanges a ticket for the person's identity.",
        discussion: """
            The ticket comes from exactly one of --ticket, --callback and --sandbox. On a machine with other users \
            prefer '--ticket -': arguments can be seen by all of them.

            Examples:
              broker login wxapp --sandbox
              broker login wxapp --ticket - < ticket
              broker login wxapp --callback 'code=200&message=ok&ticket=…' --format json
            """
    )

    @Argument(help: "The provider's id in the configuration.")
    var id: String

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The ticket; '-' reads it from standard input.", valueName: "ticket")
    )
    var ticket: [String] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("What the mini program returned to the app, whole.", valueName: "query")
    )
    var callback: [String] = []

    @Flag(name: .long, help: "Start a sandbox of the provider's upstream for the occasion, and let it mint the ticket.")
    var sandbox: Int

    @Flag(name: .long, help: "With --format json, add the upstream's record less its secrets.")
    var includeRaw = false

    @Flag(name: .long, help: "With --format json, add the upstream's token, which is a secret.")
    var includeToken = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard ticket.count + callback.count + sandbox == 1 else {
            throw ValidationError("Give exactly one of --ticket, --callback and --sandbox, once.")
        }
        guard common.format == .json || (!includeRaw && !includeToken) else {
            throw ValidationError("--include-raw and --include-token go with --format json.")
        }
    }

    func run(in composition: Composition) async throws(BrokerError) {
        let id = try ProviderID.named(id)
        let configuration = try common.loadConfiguration(in: composition)
        let identity: Identity
        do throws(BrokerError) {
            identity = try await login(id, configuration, in: composition)
        } catch {
            throw error.about(id)
        }
        switch common.format {
        case .json:
            let report = LoginReport(identity: identity, includesRecord: includeRaw, includesToken: includeToken)
            composition.console.write(JSONText.encode(report))
        case .text:
            let text = IdentityText(identity: identity)
            composition.console.write(text.rendered(in: composition.console.style))
        }
    }

    private func login(
        _ id: ProviderID,
        _ configuration: Configuration,
        in composition: Composition
    ) async throws(BrokerError) -> Identity {
        if sandbox > 0 {
            let sandbox = try SandboxLogin(of: id, in: configuration, composition: composition)
            // Its tickets are minted for the occasion, so that nobody could present one again: the configured store is
            // left alone.
            return try await sandbox.run { (configuration, ticket) async throws(BrokerError) in
                try await login(id, with: ticket, configuration, in: MemoryStore())
            }
        }
        return try await login(id, with: credential(for: id, configuration, in: composition), configuration)
    }

    private func credential(
        for id: ProviderID,
        _ configuration: Configuration,
        in composition: Composition
    ) throws(BrokerError) -> Credential {
        let type = try configuration.entry(for: id).manifest.type
        if let callback = callback.first, let registration = composition.providers[type] {
            return try registration.credential(fromCallback: callback)
        }
        let ticket = ticket[0]  // `validate()` has made sure that there is one.
        return .ticket(ticket == "-" ? try StandardInput.readLine() : ticket)
    }

    /// Logs in, in the configured store unless another is given.
    private func login(
        _ id: ProviderID,
        with credential: Credential,
        _ configuration: Configuration,
        in store: (any LoginStore)? = nil
    ) async throws(BrokerError) -> Identity {
        let instance = try configuration.makeInstance(id, logger: common.logger)
        let store = if let store { store } else { try configuration.makeStore(logger: common.logger) }
        let transport: CurlTransport
        do {
            transport = try CurlTransport()
        } catch {
            throw BrokerError(.internalError, "libcurl cannot be used: \(error)")
        }
        let broker = try Broker(
            providers: [instance],
            transport: transport,
            store: store,
            retention: configuration.retention,
            logger: common.logger
        )
        do throws(BrokerError) {
            let identity = try await Interruption().cancelling { () async throws(BrokerError) in
                try await broker.login(id, with: credential)
            }
            await transport.shutdown()
            return identity
        } catch {
            await transport.shutdown()
            throw error
        }
    }
}
