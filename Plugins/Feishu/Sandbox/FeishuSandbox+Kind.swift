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
            Its page for browsers is on 127.0.0.1. POST to /sandbox/evict voids the app's access token.

            Example:
              broker sandbox feishu
            """,
        options: Options.self
    ) { options, id in
        try await start(
            Configuration(
                id: id, port: options.site.port, redirectURIs: options.site.redirectURIs, codeCount: options.codes,
                issuesLoginCodes: options.loginCodes))
    }

    /// Its options.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(help: "How many codes to issue at the start, as an app in Feishu's client gets them.")
        var codes: Int = 1

        @Flag(help: "Issue codes of tt.login, and not of tt.requestAccess.")
        var loginCodes = false

        func validate() throws {
            guard (0...100).contains(codes) else { throw ValidationError("--codes takes a number from 0 to 100.") }
        }
    }
}
