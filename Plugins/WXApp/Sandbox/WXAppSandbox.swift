public import ArgumentParser
public import BrokerSandbox
import IdentityBroker

/// The sandbox of the provider type `wxapp`: a ``GenAuthSandbox`` for `broker sandbox`, and for `--sandbox` of other commands.
public struct WXAppSandbox: Sandbox {
    /// The sandbox as a kind.
    public static let kind = SandboxKind(
        of: "wxapp",
        displayName: "GenAuth",
        summary: "Runs a local GenAuth, for development.",
        discussion: """
            It speaks the documented exchange over TLS, with a certificate authority of its own, and runs until Ctrl-C. Each \
            ticket is good for one login and, by default, for two minutes.

            Example:
              broker sandbox wxapp --tickets 3
            """,
        options: Options.self
    ) { options, _ in try await start(with: options) }

    private let sandbox: GenAuthSandbox
    private let ticketCount: Int

    /// Starts a GenAuth.
    public static func start(with options: Options) async throws -> WXAppSandbox {
        WXAppSandbox(
            sandbox: try await GenAuthSandbox.start(options.configuration), ticketCount: options.tickets)
    }

    /// Stops it and frees its port.
    public func stop() async {
        await sandbox.stop()
    }

    /// Its base URL.
    public var baseURL: String { sandbox.baseURL }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { sandbox.caCertificatePEM }

    /// The settings of a provider instance that uses this sandbox.
    public var settings: [SandboxSetting] {
        [
            SandboxSetting("userPoolId", .text(sandbox.configuration.userPoolId)),
            SandboxSetting("secret", .secret(sandbox.configuration.secret)),
            SandboxSetting("baseURL", .text(sandbox.baseURL)),
        ]
    }

    /// The users, by their user names.
    public var people: [SandboxPerson] {
        sandbox.configuration.users.map { SandboxPerson($0.username, $0.nickname) }
    }

    /// Mints a ticket, as if the user had just agreed.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        guard let user = sandbox.configuration.users.first(where: { $0.username == person.name }) else {
            throw UnknownUser()
        }
        return .credential(.ticket(try sandbox.mintTicket(for: user)))
    }

    private struct UnknownUser: Error {}

    /// Mints the tickets, and plays the mini program once.
    public func makeGuide() throws -> SandboxGuide {
        let query = "userPoolId=\(sandbox.configuration.userPoolId)&fromApp=1"
        return SandboxGuide(
            credentialName: "ticket",
            credentials: try (0..<ticketCount).map { _ in .ticket(try sandbox.mintTicket()) },
            facts: [SandboxGuide.Fact("user_pool_id", label: "user pool", sandbox.configuration.userPoolId)],
            callback: try sandbox.authorize("/routes/explore?\(query)"),
            authorization: SandboxGuide.Authorization(
                url: "\(sandbox.baseURL)/sandbox/authorize?\(query)", form: "as the mini program returns it")
        )
    }
}

extension WXAppSandbox {
    /// The options of `broker sandbox wxapp`.
    public struct Options: ParsableArguments, Sendable {
        @Option(help: "The port to listen on; 0 picks a free one.")
        var port: Int = 0

        @Option(help: "How many tickets to mint at the start.")
        var tickets: Int = 3

        @Option(help: ArgumentHelp("How long a ticket lives, in seconds.", valueName: "seconds"))
        var ticketLifetime: Int = 120

        @Option(help: ArgumentHelp("The user pool's id.", valueName: "id"))
        var userPoolId: String = "5e4cdd055df3df65dc58b97d"

        @Flag(inversion: .prefixedNo, help: "Whether the exchange requires the user pool's secret.")
        var secret = true

        /// Creates options; the command line sets their defaults when it parses them.
        public init() {}

        /// Refuses values out of range.
        public func validate() throws {
            guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
            guard (0...100).contains(tickets) else { throw ValidationError("--tickets takes a number from 0 to 100.") }
            guard (1...86400).contains(ticketLifetime) else {
                throw ValidationError("--ticket-lifetime takes a number of seconds from 1 to 86400.")
            }
            guard !userPoolId.isEmpty, userPoolId.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
                throw ValidationError("--user-pool-id takes letters and digits.")
            }
        }

        var configuration: GenAuthSandbox.Configuration {
            GenAuthSandbox.Configuration(
                userPoolId: userPoolId,
                requiresSecret: secret,
                ticketLifetime: .seconds(ticketLifetime),
                port: port
            )
        }
    }
}
