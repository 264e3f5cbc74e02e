public import BrokerSandbox
public import IdentityBroker

/// The sandbox of the provider type `wxapp`: a ``GenAuthSandbox`` for `broker sandbox`, and for `--sandbox` of other commands.
public struct WXAppSandbox: Sandbox {
    /// The provider type `wxapp`.
    public static let providerType = "wxapp"

    /// The upstream's name.
    public static let displayName = "GenAuth"

    /// The one-sentence description in the help of `broker sandbox`.
    public static let summary = "Runs a local GenAuth, for development."

    /// The rest of its help.
    public static let discussion = """
        It speaks the documented exchange over TLS, with a certificate authority of its own, and runs until Ctrl-C. Each \
        ticket is good for one login and, by default, for two minutes.

        Example:
          broker sandbox wxapp --tickets 3
        """

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

    /// Mints a ticket, as if the user had just agreed.
    public func mintCredential() throws -> Credential {
        .ticket(try sandbox.mintTicket())
    }

    /// Mints the tickets, and plays the mini program once.
    public func makeGuide() throws -> SandboxGuide {
        let query = "userPoolId=\(sandbox.configuration.userPoolId)&fromApp=1"
        return SandboxGuide(
            credentialName: "ticket",
            credentials: try (0..<ticketCount).map { _ in try mintCredential() },
            facts: [SandboxGuide.Fact("user_pool_id", label: "user pool", sandbox.configuration.userPoolId)],
            callback: try sandbox.authorize("/routes/explore?\(query)"),
            authorization: SandboxGuide.Authorization(
                url: "\(sandbox.baseURL)/sandbox/authorize?\(query)", form: "as the mini program returns it")
        )
    }
}
