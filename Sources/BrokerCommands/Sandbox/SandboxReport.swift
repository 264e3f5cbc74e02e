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
    let people: [SandboxPerson]
    let guide: SandboxGuide

    /// The report as JSON.
    var members: JSONObject {
        var members: JSONObject = [
            "base_url": .string(baseURL), "ca_file": .string(caFile), "config": .string(configuration),
        ]
        for fact in guide.facts { members[fact.name] = .string(fact.value) }
        members["people"] = .strings(people.map(\.name))
        members["\(guide.credentialKey)s"] = .strings(guide.credentialTexts)
        if let nonce = guide.nonce { members["nonce"] = .string(nonce) }
        if let callback = guide.callback { members["callback"] = .string(callback) }
        if let authorization = guide.authorization { members["authorize_url"] = .string(authorization.url) }
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
        for person in people { table.row("person", "\(person.name): \(person.description)") }
        for credential in guide.credentialTexts { table.row(name, credential) }
        table.row("nonce", guide.nonce)
        table.row("callback", guide.callback)
        if guide.signsInByRedirect {
            table.heading("Sign in with a browser")
            table.text(login("--browser"))
        }
        if let loginArguments {
            table.heading("Sign in with one of the \(name)s")
            table.text(login(loginArguments))
        } else if let credential = guide.credentials.first {
            table.heading("Send one of the \(name)s to a service with this provider, at /oauth2/token")
            table.text(credential.exchangeArguments(at: id.rawValue))
        }
        if let authorization = guide.authorization {
            table.heading("Get another \(guide.callback == nil ? name : "callback"), \(authorization.form)")
            table.text("curl --cacert \(caFile.shellWord) \(authorization.url.shellWord)")
        }
        return table.rendered(in: style)
    }

    private func login(_ arguments: String) -> String {
        "broker login \(id) --config \(configuration.shellWord) \(arguments)"
    }

    /// What `broker login` accepts; nil if it accepts nothing that the sandbox has.
    private var loginArguments: String? {
        for credential in guide.credentials {
            let text = credential.value.reveal().shellWord
            switch credential.kind {
            case .ticket: return "--ticket \(text)"
            case .idToken:
                let nonce = (credential.nonce?.reveal().shellWord).map { " --nonce \($0)" }
                return "--id-token \(text)\(nonce ?? "")"
            case .authorizationCode where guide.callback == nil:
                // In the order of their names, so that two starts show them alike.
                let parts = credential.parts.sorted { $0.key < $1.key }
                    .map { " --with \("\($0.key)=\($0.value.reveal())".shellWord)" }
                return "--code \(text)\(parts.joined())"
            default: continue
            }
        }
        return guide.callback.map { "--callback \($0.shellWord)" }
    }
}

extension SandboxReport {
    init(_ sandbox: RunningSandbox, guide: SandboxGuide) {
        self.init(
            displayName: sandbox.kind.displayName, id: sandbox.id, baseURL: sandbox.baseURL,
            caFile: sandbox.files.caFile, configuration: sandbox.files.configuration, people: sandbox.people,
            guide: guide)
    }
}

extension SandboxGuide {
    /// The credentials, which are meant to be shown.
    var credentialTexts: [String] { credentials.map { $0.value.reveal() } }

    /// What a credential is called in JSON.
    var credentialKey: String { credentialName.lowercased().replacing(" ", with: "_") }

    /// The nonce that is presented with all of them, if they are ID tokens.
    var nonce: String? { credentials.first?.nonce?.reveal() }
}

extension Credential {
    /// The parameters of its exchange for tokens (RFC 8693 §2.1), as arguments of curl.
    func exchangeArguments(at provider: String) -> String {
        kind.exchangeArguments(
            at: provider, token: "subject_token=\(value.reveal())".shellWord,
            nonce: nonce.map { "nonce=\($0.reveal())".shellWord })
    }
}

extension CredentialKind {
    /// The parameters of an exchange for tokens (RFC 8693 §2.1), as arguments of curl.
    ///
    /// - Parameters:
    ///   - token: The parameter `subject_token` as a word of the shell.
    ///   - nonce: The parameter `nonce` as a word of the shell; nil for none.
    func exchangeArguments(at provider: String, token: String, nonce: String?) -> String {
        [
            "-d grant_type=urn:ietf:params:oauth:grant-type:token-exchange",
            "-d subject_token_type=\(subjectTokenType)", "-d provider=\(provider)",
            "--data-urlencode \(token)",
            nonce.map { "--data-urlencode \($0)" },
        ].compactMap(\.self).joined(separator: " ")
    }
}
