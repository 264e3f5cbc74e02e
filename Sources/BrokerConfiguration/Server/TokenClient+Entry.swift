public import BrokerTokens
public import IdentityBroker

extension TokenClient {
    /// Makes a client from its configuration.
    ///
    /// - Parameters:
    ///   - entry: The configured client.
    ///   - secrets: Its secrets; empty for a public client.
    ///   - algorithm: The signing algorithm of its tokens, if different from the configured one.
    /// - Throws: As ``TokenClient`` does.
    public init(
        _ entry: ClientEntry,
        secrets: [Secret],
        signingWith algorithm: SigningAlgorithm? = nil
    ) throws(BrokerError) {
        try self.init(
            id: entry.id,
            displayName: entry.displayName,
            authentication: entry.isPublic ? .none : .secrets(secrets),
            grants: entry.grants,
            audiences: entry.audiences,
            providers: entry.providers,
            signingAlgorithm: algorithm ?? entry.signingAlgorithm,
            redeemsTicketsWithoutAuthentication: entry.redeemsTicketsWithoutAuthentication,
            introspects: entry.introspects,
            corsOrigins: entry.corsOrigins
        )
    }
}
