import ArgumentParser
import BrokerConfiguration
import BrokerSandbox
import BrokerService
import IdentityBroker
import StrictJSON

struct LoginCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Exchanges a credential for the user's identity, or signs the user in with a browser.",
        discussion: """
            Give exactly one of --ticket, --code, --id-token, --callback, --browser and --sandbox. Other users of this \
            machine can see arguments: if there are any, use '-', which reads standard input.

            With --browser the command listens on 127.0.0.1, writes the URL to open to standard error, and opens it. \
            Register http://127.0.0.1:PORT/callback/ID at the upstream: with any port if it follows RFC 8252 §7.3, or with \
            the one that you give as --port.

            Unless a configuration file is named, --sandbox also takes a provider's type for its id. It signs in the sandbox's first \
            person, or the one that --person names; with --browser as well, whoever you choose on the sandbox's page.

            Examples:
              broker login ID --sandbox
              broker login ID --sandbox --browser
              broker login ID --ticket - < ticket
              broker login ID --callback - --format json < query
              broker login ID --id-token - --nonce NONCE < token
              broker login ID --id-token - --nonce - < token-and-nonce
              broker login ID --code - --with code_verifier=- < code-and-verifier
              broker login ID --browser
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
        help: ArgumentHelp(
            "The authorization code that an upstream's own app returned; '-' reads standard input.", valueName: "code")
    )
    var code: [String] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "The ID token that an app got from the upstream; '-' reads standard input.", valueName: "token")
    )
    var idToken: [String] = []

    @Option(
        name: .long,
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            With --id-token or --code, the nonce with which the app requested it; '-' reads a line of standard input, after \
            the credential's if that is read as well.
            """, valueName: "nonce")
    )
    var nonce: String?

    @Option(
        name: .customLong("with"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            """
            A part that travels with the credential, which 'broker providers describe' names; '-' as its value reads a line of \
            standard input, after the credential's and the nonce's if those are read as well.
            """,
            valueName: "name=value")
    )
    var parts: [CredentialPartArgument] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "The query that the upstream's own app returned, whole; '-' reads standard input.", valueName: "query")
    )
    var callback: [String] = []

    @OptionGroup var browser: BrowserOptions

    @Flag(
        name: .long,
        help: """
            Start a sandbox of the upstream for this login, and sign in one of its people. Of a configured instance, only id, \
            type and declaration count: its other settings, attributes and admit do not.
            """)
    var sandbox: Int

    @Option(
        name: .long,
        parsing: .unconditional,
        help: ArgumentHelp("With --sandbox, who signs in (default: its first person).", valueName: "name")
    )
    var person: String?

    @Flag(name: .long, help: "With --format json, add the upstream's record without its secrets.")
    var includeRaw = false

    @Flag(name: .long, help: "With --format json, add the upstream's token, which is a secret.")
    var includeToken = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        // A sandbox has a page for browsers as well.
        let sites = sandbox == 1 && browser.browser == 1 ? 1 : browser.browser + sandbox
        guard ticket.count + code.count + idToken.count + callback.count + sites == 1 else {
            throw ValidationError(
                "Give exactly one of --ticket, --code, --id-token, --callback, --browser and --sandbox, once.")
        }
        guard person == nil || (sandbox == 1 && browser.browser == 0) else {
            throw ValidationError("--person goes with --sandbox, and without --browser.")
        }
        guard nonce == nil || !idToken.isEmpty || !code.isEmpty else {
            throw ValidationError("--nonce goes with --id-token and --code.")
        }
        guard parts.isEmpty || !(ticket + code + idToken).isEmpty else {
            throw ValidationError("--with goes with --ticket, --code and --id-token.")
        }
        guard parts.allSatisfy({ !$0.name.isEmpty }) else {
            throw ValidationError("--with takes NAME=VALUE.")
        }
        guard Set(parts.map(\.name)).count == parts.count else {
            throw ValidationError("--with takes each name once.")
        }
        guard common.format == .json || (!includeRaw && !includeToken) else {
            throw ValidationError("--include-raw and --include-token need --format json.")
        }
    }

    var interruptedFailure: BrokerError {
        let failure = BrokerError(.cancelled, "Interrupted before the login finished.")
        return ProviderID(id).map { failure.about($0, credential: .unknown) } ?? failure
    }

    func run(in composition: Composition) async throws(BrokerError) {
        let id = try ProviderID.named(id)
        let identity: Identity
        do throws(BrokerError) {
            identity = try await login(id, in: composition)
        } catch {
            throw error.about(id)
        }
        do throws(BrokerError) {
            try write(identity, to: composition.console)
        } catch {
            // The login has succeeded, and its ticket cannot be used again.
            throw error.about(id, credential: .spent)
        }
    }

    private func write(_ identity: Identity, to console: Console) throws(BrokerError) {
        switch common.format {
        case .json:
            let report = LoginReport(identity: identity, includesRecord: includeRaw, includesToken: includeToken)
            try console.write(report.members.terminalJSON)
        case .text:
            try console.write(IdentityText(identity: identity).rendered(in: console.style))
        }
    }

    private func login(_ id: ProviderID, in composition: Composition) async throws(BrokerError) -> Identity {
        guard sandbox == 0 else {
            let configuration = try common.loadConfigurationOfSandbox(in: composition)
            // The file that a folder happens to have need not know the type that someone tries.
            let standIn = try SandboxStandIn(
                for: id, in: configuration, takingTypes: !common.namesConfiguration, of: composition.sandboxes)
            let sandbox = try await standIn.start(in: composition)
            return try await login(id, at: sandbox, in: composition)
        }
        let configuration = try common.loadConfiguration(in: composition)
        guard browser.browser == 0 else { return try await signIn(id, configuration, in: composition) }
        let credential = try await credential(for: configuration.entry(for: id).kind)
        return try await login(id, with: credential, configuration, endingWith: composition.end)
    }

    /// Signs in one of a sandbox's people. Its credentials are created for this run, so no one can present one again: the
    /// configured store is not used.
    private func login(
        _ id: ProviderID,
        at sandbox: RunningSandbox,
        in composition: Composition
    ) async throws(BrokerError) -> Identity {
        let configuration = try sandbox.files.loadConfiguration(in: composition)
        guard browser.browser == 0 else {
            return try await signIn(id, configuration, in: composition, storedIn: MemoryStore())
        }
        switch try sandbox.signIn(as: person) {
        case .credential(let credential):
            return try await login(
                id, with: credential, configuration, endingWith: composition.end, storedIn: MemoryStore())
        case .redirect(let answer):
            let running = try RunningBroker(
                of: id, in: configuration, storedIn: MemoryStore(), logger: common.logger, endingWith: composition.end)
            return try await SandboxLogin(id: id, broker: running.broker, answer: answer).run()
        }
    }

    private func credential(for kind: ProviderKind) async throws(BrokerError) -> Credential {
        // `validate()` has ensured that there is one.
        var given = [(ticket + code + idToken + callback)[0], nonce ?? ""] + parts.map(\.value)
        let read = given.indices.filter { given[$0] == "-" }
        for (index, line) in zip(read, try await StandardInput.readLines(read.count)) { given[index] = line }
        let parts = Dictionary(uniqueKeysWithValues: zip(parts.map(\.name), given.dropFirst(2).map { Secret($0) }))
        guard callback.isEmpty else { return try kind.credential(fromCallback: given[0]) }
        let credentialKind = !code.isEmpty ? .authorizationCode : !idToken.isEmpty ? .idToken : CredentialKind.ticket
        let nonce = given[1].isEmpty ? nil : Secret(given[1])
        return Credential(kind: credentialKind, value: Secret(given[0]), nonce: nonce, parts: parts)
    }

    /// The options for the credentials that a type takes, as in a sentence.
    private static func options(for kind: ProviderKind) -> String {
        let own = kind.manifest.credentials.compactMap { form -> String? in
            switch form.kind {
            case .ticket: "--ticket"
            case .idToken: "--id-token"
            case .authorizationCode: "--code"
            default: nil
            }
        }
        return (own + (kind.capabilities.contains(.callback) ? ["--callback"] : []) + ["--sandbox"])
            .joined(separator: " or ")
    }

    /// Signs the user in with a browser.
    private func signIn(
        _ id: ProviderID,
        _ configuration: Configuration,
        in composition: Composition,
        storedIn store: (any BrokerStore)? = nil
    ) async throws(BrokerError) -> Identity {
        let kind = try configuration.entry(for: id).kind
        guard kind.capabilities.contains(.redirect) else {
            throw .misconfigured(
                "Providers of type \(kind.manifest.type) begin no login by redirect. Use \(Self.options(for: kind)).")
        }
        let running = try RunningBroker(
            of: id, in: configuration, storedIn: store, logger: common.logger, endingWith: composition.end)
        let (console, format) = (composition.console, common.format)
        let secrets = configuration.secretVariables
        let openBrowser: @Sendable (String) -> Void = { url in SystemBrowser.open(url, without: secrets) }
        let login = BrowserLogin(
            id: id,
            broker: running.broker,
            port: browser.port ?? 0,
            wait: (browser.wait ?? .standard).duration,
            logger: common.logger,
            show: { url in
                let report: JSONObject = ["open": .string(url)]
                console.writeError(format == .json ? report.terminalJSON : "Open \(url)")
            },
            openBrowser: browser.noOpen ? nil : openBrowser
        )
        return try await login.run(endingWith: composition.end)
    }

    /// Logs in, with the configured store unless another is given.
    private func login(
        _ id: ProviderID,
        with credential: Credential,
        _ configuration: Configuration,
        endingWith end: OrderlyEnd,
        storedIn store: (any BrokerStore)? = nil
    ) async throws(BrokerError) -> Identity {
        // The store is opened for this login alone, so opening it counts toward the login's time.
        let deadline = Deadline(in: try configuration.entry(for: id).limits.timeout, by: .system)
        let running = try RunningBroker(
            of: id, in: configuration, storedIn: store, logger: common.logger, endingWith: end)
        return try await running.broker.login(id, with: credential, until: deadline)
    }
}
