import ArgumentParser
public import BrokerSandbox

extension DingTalkSandbox {
    /// The sandbox of the type `dingtalk`.
    public static let kind = SandboxKind(
        of: "dingtalk",
        displayName: "DingTalk",
        summary: "Runs a local DingTalk with an app, for development.",
        discussion: """
            It answers as DingTalk's API does, over TLS with a certificate authority of its own, and runs until Ctrl-C. People \
            to choose from are \(Person.all.map(\.name).joined(separator: ", ")). Its page for browsers is on 127.0.0.1.

            Example:
              broker sandbox dingtalk
              broker sandbox dingtalk --codes 2
            """,
        options: Options.self
    ) { options, id in
        try await start(SandboxSetup(id: id, options.site, codeCount: options.codes))
    }

    /// The options of `broker sandbox dingtalk`.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(
            help: """
                How many codes to issue at the start, as a mobile app gets them. With any, it shows how \
                to sign in with one.
                """)
        var codes: Int = 0

        func validate() throws {
            guard (0...100).contains(codes) else { throw ValidationError("--codes takes a number from 0 to 100.") }
        }
    }
}
