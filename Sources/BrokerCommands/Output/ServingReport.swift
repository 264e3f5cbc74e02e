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

        var members: JSONObject {
            var members: JSONObject = [
                "client_id": .string(client),
                "provider": .string(provider),
                "\(guide.credentialKey)s": .strings(guide.credentialTexts),
                "ca_file": .string(caFile),
            ]
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
            let name = example.guide.credentialName
            for credential in example.guide.credentialTexts { table.row(name, credential) }
            if let credential = example.guide.credentials.first {
                table.heading("Exchange one of the \(name)s for tokens")
                table.text(
                    """
                    curl -s \(connection)\(base)/oauth2/token \
                    \(example.secret.map { "-u \("\(example.client):\($0)".shellWord)" } ?? "-d client_id=\(example.client)") \
                    \(credential.exchangeArguments(at: example.provider)) -d scope='openid profile'\
                    \(example.audience.map { " -d audience=\($0.shellWord)" } ?? "")
                    """)
            }
            if let authorization = example.guide.authorization {
                table.heading("Get another \(name), \(authorization.form)")
                table.text("curl --cacert \(example.caFile) '\(authorization.url)'")
            }
        }
        return table.rendered(in: style)
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
