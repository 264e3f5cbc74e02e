import ArgumentParser
public import BrokerSandbox

extension WeComSandbox {
    /// The sandbox of the type `wecom`.
    public static let kind = SandboxKind(
        of: "wecom",
        displayName: "WeCom",
        summary: "Runs a local WeCom with a company, for development.",
        discussion: """
            It answers as WeCom documents, over TLS with a certificate authority of its own, and runs until Ctrl-C. People to \
            choose from are \(Person.all.map(\.name).joined(separator: ", ")), of whom the last is no member of the \
            company. Its pages for browsers are on 127.0.0.1. POST to /sandbox/evict voids the app's access token.

            Example:
              broker sandbox wecom
            """,
        options: Options.self
    ) { options, id in
        try await start(SandboxSetup(id: id, options.site, codeCount: options.codes))
    }

    /// Its options.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(help: "How many codes to issue at the start, as a mini program gets them.")
        var codes: Int = 1

        func validate() throws {
            guard (0...100).contains(codes) else { throw ValidationError("--codes takes a number from 0 to 100.") }
        }
    }
}
