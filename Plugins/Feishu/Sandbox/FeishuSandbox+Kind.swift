import ArgumentParser
public import BrokerSandbox

extension FeishuSandbox {
    /// The sandbox of the type `feishu`.
    public static let kind = SandboxKind(
        of: "feishu",
        displayName: "Feishu",
        summary: "Runs a local Feishu with an app, for development.",
        discussion: """
            It answers as Feishu documents, over TLS with a certificate authority of its own, and runs until Ctrl-C. People to \
            choose from are \(Person.all.map(\.name).joined(separator: ", ")), of whom the last belongs to another tenant. \
            Its page for browsers is on 127.0.0.1. POST to /sandbox/evict voids the app's access token, and POST to \
            /sandbox/throttle has the app redeem no code for half a minute.

            Example:
              broker sandbox feishu
              broker sandbox feishu --token-endpoint v3
            """,
        options: Options.self
    ) { options, id in
        try await start(
            SandboxSetup(id: id, options.site, codeCount: options.codes), issuesLoginCodes: options.loginCodes,
            tokenEndpoint: options.tokenEndpoint)
    }

    /// Its options.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(help: "How many codes to issue at the start, as an app in Feishu's client gets them.")
        var codes: Int = 1

        @Flag(help: "Issue codes of tt.login, and not of tt.requestAccess.")
        var loginCodes = false

        @Option(
            name: .customLong("token-endpoint"),
            help: """
                The version of the token endpoint that the settings name: v2, v3, or v3-without-pkce, which refuses PKCE with \
                20049, as the third version has been reported to do.
                """)
        var tokenEndpoint = TokenEndpoint.v2

        func validate() throws {
            guard (0...100).contains(codes) else { throw ValidationError("--codes takes a number from 0 to 100.") }
        }
    }
}
