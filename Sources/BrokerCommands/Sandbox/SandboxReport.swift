import BrokerSandbox
import IdentityBroker
import StrictJSON

/// What a developer needs to know about a running sandbox.
struct SandboxReport {
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

    /// The report as JSON.
    var members: JSONObject {
        var members: JSONObject = [
            "base_url": .string(baseURL), "ca_file": .string(files.caFile), "config": .string(files.configuration),
        ]
        for fact in guide.facts { members[fact.name] = .string(fact.value) }
        members["\(guide.credentialName)s"] = .strings(guide.credentialTexts)
        if let callback = guide.callback { members["callback"] = .string(callback) }
        members["authorize_url"] = .string(guide.authorization.url)
        return members
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
