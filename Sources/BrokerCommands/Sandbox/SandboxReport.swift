import GenAuthSandbox

/// What a developer has to know of a running sandbox.
struct SandboxReport: Encodable {
    let baseURL: String
    let caFile: String
    let configuration: String
    let userPoolID: String
    let tickets: [String]
    let callback: String
    let authoriseURL: String

    enum CodingKeys: String, CodingKey {
        case tickets, callback
        case baseURL = "base_url"
        case caFile = "ca_file"
        case configuration = "config"
        case userPoolID = "user_pool_id"
        case authoriseURL = "authorize_url"
    }

    /// - Throws: What the sandbox throws where it cannot mint a ticket.
    init(_ sandbox: GenAuthSandbox, files: SandboxFiles, ticketCount: Int) throws {
        let query = "userPoolId=\(sandbox.configuration.userPoolId)&fromApp=1"
        baseURL = sandbox.baseURL
        caFile = files.caFile
        configuration = files.configuration
        userPoolID = sandbox.configuration.userPoolId
        tickets = try (0..<ticketCount).map { _ in try sandbox.mintTicket() }
        callback = try sandbox.authorise("/routes/explore?\(query)")
        authoriseURL = "\(sandbox.baseURL)/sandbox/authorize?\(query)"
    }

    func text(in style: TextStyle) -> String {
        var table = TextTable()
        table.heading("GenAuth sandbox, until Ctrl-C")
        table.row("base URL", baseURL)
        table.row("CA file", caFile)
        table.row("configuration", configuration)
        table.row("user pool", userPoolID)
        for ticket in tickets { table.row("ticket", ticket) }
        table.row("callback", callback)
        if let ticket = tickets.first {
            table.heading("Sign in with one of the tickets")
            table.text("broker login wxapp --config \(configuration) --ticket \(ticket)")
        }
        table.heading("Get another callback, as the mini program returns it")
        table.text("curl --cacert \(caFile) '\(authoriseURL)'")
        return table.rendered(in: style)
    }
}
