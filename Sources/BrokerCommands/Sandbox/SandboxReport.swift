import BrokerSandbox
import BrokerTokens
import IdentityBroker
import StrictJSON

/// What a developer needs to know about a running sandbox.
struct SandboxReport {
    let displayName: String
    let id: ProviderID
    let baseURL: String
    let caFile: String
    /// The configuration file for the sandbox.
    let configuration: String
    let guide: SandboxGuide

    /// The report as JSON.
    var members: JSONObject {
        var members: JSONObject = [
            "base_url": .string(baseURL), "ca_file": .string(caFile), "config": .string(configuration),
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
        table.row("CA file", caFile)
        table.row("configuration", configuration)
        for fact in guide.facts { table.row(fact.label, fact.value) }
        for credential in guide.credentialTexts { table.row(name, credential) }
        table.row("callback", guide.callback)
        if let loginArguments {
            table.heading("Sign in with one of the \(name)s")
            table.text("broker login \(id) --config \(configuration.shellWord) \(loginArguments)")
        } else if let credential = guide.credentials.first {
            table.heading("Send one of the \(name)s to a service with this provider, at /oauth2/token")
            table.text(credential.exchangeArguments(at: id.rawValue))
        }
        table.heading("Get another \(guide.callback == nil ? name : "callback"), \(guide.authorization.form)")
        table.text("curl --cacert \(caFile.shellWord) \(guide.authorization.url.shellWord)")
        return table.rendered(in: style)
    }

    /// What `broker login` accepts; nil if it accepts nothing that the sandbox has.
    private var loginArguments: String? {
        if let ticket = guide.credentials.first(where: { $0.kind == .ticket }) {
            return "--ticket \(ticket.value.reveal().shellWord)"
        }
        return guide.callback.map { "--callback \($0.shellWord)" }
    }
}

extension SandboxReport {
    init(_ sandbox: RunningSandbox, guide: SandboxGuide) {
        self.init(
            displayName: sandbox.displayName, id: sandbox.id, baseURL: sandbox.baseURL, caFile: sandbox.files.caFile,
            configuration: sandbox.files.configuration, guide: guide)
    }
}

extension SandboxGuide {
    /// The credentials, which are meant to be shown.
    var credentialTexts: [String] { credentials.map { $0.value.reveal() } }
}

extension Credential {
    /// The parameters of its exchange for tokens (RFC 8693 §2.1), as arguments of curl.
    func exchangeArguments(at provider: String) -> String {
        [
            "-d grant_type=urn:ietf:params:oauth:grant-type:token-exchange",
            "-d subject_token_type=\(kind.subjectTokenType)", "-d provider=\(provider)",
            "--data-urlencode \("subject_token=\(value.reveal())".shellWord)",
        ].joined(separator: " ")
    }
}
