import BrokerSandbox
import IdentityBroker

/// What a developer needs to know about a running sandbox.
struct SandboxReport: Encodable {
    private let displayName: String
    private let id: ProviderID
    private let baseURL: String
    private let files: SandboxFiles
    private let guide: SandboxGuide

    init(_ sandbox: RunningSandbox, guide: SandboxGuide) {
        displayName = sandbox.displayName
        id = sandbox.id
        baseURL = sandbox.baseURL
        files = sandbox.files
        self.guide = guide
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: ReportKey.self)
        try container.encode(baseURL, forKey: ReportKey("base_url"))
        try container.encode(files.caFile, forKey: ReportKey("ca_file"))
        try container.encode(files.configuration, forKey: ReportKey("config"))
        for fact in guide.facts { try container.encode(fact.value, forKey: ReportKey(fact.name)) }
        try container.encode(guide.credentialTexts, forKey: ReportKey("\(guide.credentialName)s"))
        try container.encodeIfPresent(guide.callback, forKey: ReportKey("callback"))
        try container.encode(guide.authorization.url, forKey: ReportKey("authorize_url"))
    }

    func text(in style: TextStyle) -> String {
        let name = guide.credentialName
        var table = TextTable()
        table.heading("\(displayName) sandbox, until Ctrl-C")
        table.row("base URL", baseURL)
        table.row("CA file", files.caFile)
        table.row("configuration", files.configuration)
        for fact in guide.facts { table.row(fact.label, fact.value) }
        for credential in guide.credentialTexts { table.row(name, credential) }
        table.row("callback", guide.callback)
        if let credential = guide.credentialTexts.first {
            table.heading("Sign in with one of the \(name)s")
            table.text("broker login \(id) --config \(files.configuration) --\(name) \(credential)")
        }
        table.heading("Get another \(guide.callback == nil ? name : "callback"), \(guide.authorization.form)")
        table.text("curl --cacert \(files.caFile) '\(guide.authorization.url)'")
        return table.rendered(in: style)
    }
}

extension SandboxGuide {
    /// The credentials, which are meant to be shown.
    var credentialTexts: [String] { credentials.map { $0.value.reveal() } }
}
