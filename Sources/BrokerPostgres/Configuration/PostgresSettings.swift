import IdentityBroker

/// The configuration of a PostgreSQL store.
struct PostgresSettings: Decodable, Sendable {
    let url: SecretReference
    let schema: String?
    let connections: Int?
    let connectTimeout: Duration?
    let statementTimeout: Duration?
    let auditRetention: Duration?

    var options: PostgresOptions {
        var options = PostgresOptions()
        if let schema { options.schema = schema }
        if let connections { options.connections = connections }
        if let connectTimeout { options.connectTimeout = connectTimeout }
        if let statementTimeout { options.statementTimeout = statementTimeout }
        if let auditRetention { options.auditRetention = auditRetention }
        return options
    }
}
