import ArgumentParser
public import BrokerSandbox

extension WeChatSandbox {
    /// The sandboxes of all types; the one of mini programs is `wechat` as well.
    public static let kinds: [SandboxKind] = App.all.map(kind)

    private static func kind(_ app: App) -> SandboxKind {
        SandboxKind(
            of: app.type,
            aliases: app.type == App.miniProgram.type ? ["wechat"] : [],
            displayName: app.displayName,
            summary: "Runs a local WeChat with \(app.indefinite), for development.",
            discussion: """
                It answers as WeChat documents, over TLS with a certificate authority of its own, and runs until Ctrl-C. People \
                to choose from are \(app.people.map(\.name).joined(separator: ", ")).\
                \(app.page == nil ? "" : " Its page for browsers is on 127.0.0.1.")

                Example:
                  broker sandbox \(app.type)
                """,
            options: Options.self
        ) { options, id in
            try await start(app, SandboxSetup(id: id, options.site, codeCount: options.codes))
        }
    }

    /// The options of each.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(help: "How many codes to issue at the start, as an app gets them, if the type has an app.")
        var codes: Int = 1

        func validate() throws {
            guard (0...100).contains(codes) else { throw ValidationError("--codes takes a number from 0 to 100.") }
        }
    }
}
