import ArgumentParser
public import BrokerSandbox

extension AlipaySandbox {
    /// The sandbox of the type `alipay`.
    public static let kind = SandboxKind(
        of: "alipay",
        displayName: "Alipay",
        summary: "Runs a local Alipay with an app, for development.",
        discussion: """
            It answers as Alipay's gateway does, with signatures of its own keys, over TLS with a certificate authority of its \
            own, and runs until Ctrl-C. People to choose from are \(Person.all.map(\.name).joined(separator: ", ")). Its page \
            for browsers is on 127.0.0.1.

            Example:
              broker sandbox alipay
              broker sandbox alipay --codes 2
              broker sandbox alipay --certificates
            """,
        options: Options.self
    ) { options, id in
        try await start(
            SandboxSetup(id: id, options.site, codeCount: options.codes), givesUserIds: options.userIds,
            hasCertificates: options.certificates)
    }

    /// The options of `broker sandbox alipay`.
    struct Options: ParsableArguments, Sendable {
        @OptionGroup var site: SiteOptions

        @Option(
            help: """
                How many codes to issue at the start, as an app or a mini program gets them. With any, it shows how \
                to sign in with one.
                """)
        var codes: Int = 0

        @Flag(help: "Give the app user_id beside open_id, as Alipay still does for older apps.")
        var userIds = false

        @Flag(help: "Put the app into certificate mode, in which certificates take the place of Alipay's public key.")
        var certificates = false

        func validate() throws {
            guard (0...100).contains(codes) else { throw ValidationError("--codes takes a number from 0 to 100.") }
        }
    }
}
