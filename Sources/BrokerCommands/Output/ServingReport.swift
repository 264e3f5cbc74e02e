import BrokerConfiguration
import BrokerSandbox
import BrokerServer
import BrokerService
import BrokerServing
import BrokerTokens
import IdentityBroker
import StrictJSON

/// What an operator or a developer needs to know about a service that has started.
struct ServingReport {
    /// A request to try, with a sandbox.
    struct Example {
        let client: String
        let secret: String?
        let provider: String
        /// The API to name, if the client's tokens may be for several.
        let audience: String?
        let guide: SandboxGuide
        let caFile: String
        /// Where the example app is opened with a browser; nil if there is none.
        var app: String?

        /// The URL of another credential, for whose nonce the service must be asked first: a public client cannot choose
        /// one, so what the sandbox has already issued is of no use to it. Nil for any other client or credential.
        var urlOfIssuedNonce: (url: String, nonce: String)? {
            guard secret == nil, let nonce = guide.nonce, let url = guide.authorization?.url, url.contains(nonce) else {
                return nil
            }
            return (url, nonce)
        }

        var members: JSONObject {
            var members: JSONObject = [
                "client_id": .string(client), "provider": .string(provider), "ca_file": .string(caFile),
            ]
            members["app_url"] = app.map(JSONValue.string)
            guard urlOfIssuedNonce == nil else {
                members["authorize_url"] = (guide.authorization?.url).map(JSONValue.string)
                members["audience"] = audience.map(JSONValue.string)
                return members
            }
            members["\(guide.credentialKey)s"] = .strings(guide.credentialTexts)
            members["authorize_url"] = (guide.authorization?.url).map(JSONValue.string)
            members["nonce"] = guide.nonce.map(JSONValue.string)
            members["client_secret"] = secret.map(JSONValue.string)
            members["audience"] = audience.map(JSONValue.string)
            return members
        }
    }

    /// The separate listener for health and metrics.
    struct Operations {
        let address: String
        let port: Int
    }

    let issuer: String
    let address: String
    let port: Int
    let operations: Operations?
    let example: Example?
    /// Whether it uses TLS.
    private let isSecure: Bool

    init(_ service: BrokerService, ports: ServedPorts, example: Example?) {
        self.init(
            issuer: service.issuer, address: service.address, operations: service.operations, ports: ports,
            example: example)
    }

    init(
        issuer: String,
        address: ServingAddress,
        operations: ServingAddress?,
        ports: ServedPorts,
        example: Example?
    ) {
        self.issuer = issuer
        self.address = address.host
        isSecure = address.certificate != nil
        port = ports.service
        if let operations, let port = ports.operations {
            self.operations = Operations(address: operations.host, port: port)
        } else {
            self.operations = nil
        }
        self.example = example
    }

    /// The report as JSON.
    var members: JSONObject {
        var members: JSONObject = ["issuer": .string(issuer), "address": .string(address), "port": .integer(port)]
        members["operations"] = operations.map { ["address": .string($0.address), "port": .integer($0.port)] }
        members["example"] = (example?.members).map(JSONValue.object)
        return members
    }

    func text(in style: TextStyle) -> String {
        let base = example == nil ? (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) : localBase
        var table = TextTable()
        table.heading("Serving, until Ctrl-C")
        table.row("issuer", issuer)
        table.row("address", "\(address), port \(port)")
        if let operations { table.row("operations", "\(operations.address), port \(operations.port)") }
        table.row("metadata", "\(base)/.well-known/openid-configuration")
        if let example {
            table.row("client", example.client)
            if let secret = example.secret { table.row("client secret", secret) }
            add(example, at: base, to: &table)
            if let app = example.app {
                table.heading("Sign in to the example app with a browser")
                table.text(app)
            }
        }
        return table.rendered(in: style)
    }

    private func add(_ example: Example, at base: String, to table: inout TextTable) {
        let (guide, name) = (example.guide, example.guide.credentialName)
        guard let credential = guide.credentials.first else {
            guard guide.signsInByRedirect else { return }
            table.heading("Sign in with a browser: this service takes no \(name) of the provider's")
            table.text("broker login \(example.provider) --sandbox --browser")
            return
        }
        if let (url, nonce) = example.urlOfIssuedNonce {
            table.heading("Get a nonce from the service, and an \(name) with it, \(guide.authorization?.form ?? "")")
            table.text(
                """
                NONCE=$(curl -s \(connection)\(base)/providers/\(example.provider)/nonce -d client_id=\(example.client) \
                | sed 's/.*"nonce":"\\([^"]*\\)".*/\\1/')
                """)
            table.text(
                "TOKEN=$(curl -s --cacert \(example.caFile.shellWord) \"\(url.replacing(nonce, with: "$NONCE"))\")")
            table.heading("Exchange the \(name) for tokens")
            let arguments = credential.kind.exchangeArguments(
                at: example.provider, token: "\"subject_token=$TOKEN\"", nonce: "\"nonce=$NONCE\"")
            table.text(exchange(by: example, at: base, arguments))
            return
        }
        for credential in guide.credentialTexts { table.row(name, credential) }
        table.heading("Exchange one of the \(name)s for tokens")
        table.text(exchange(by: example, at: base, credential.exchangeArguments(at: example.provider)))
        if let authorization = guide.authorization {
            table.heading("Get another \(name), \(authorization.form)")
            table.text("curl --cacert \(example.caFile) '\(authorization.url)'")
        }
    }

    private func exchange(by example: Example, at base: String, _ arguments: String) -> String {
        """
        curl -s \(connection)\(base)/oauth2/token \
        \(example.secret.map { "-u \("\(example.client):\($0)".shellWord)" } ?? "-d client_id=\(example.client)") \
        \(arguments) -d scope='openid profile'\
        \(example.audience.map { " -d audience=\($0.shellWord)" } ?? "")
        """
    }

    /// A URL of this service that works on this machine. The issuer's name may lead to another one.
    private var localBase: String {
        guard let url = UpstreamURL(issuer) else { return issuer }
        return isReached(by: url) || isSecure ? "\(url)" : "http://\(authority)\(url.path)"
    }

    /// Additional arguments for curl: the certificate is for the issuer, whose name leads elsewhere.
    private var connection: String {
        guard isSecure, let url = UpstreamURL(issuer), !isReached(by: url) else { return "" }
        return "--connect-to ::\(authority) "
    }

    private var authority: String { "\(address.contains(":") ? "[\(address)]" : address):\(port)" }

    private func isReached(by url: UpstreamURL) -> Bool {
        url.isLoopback && (url.port ?? (url.scheme == .https ? 443 : 80)) == port && (url.scheme == .https) == isSecure
    }
}
