public import BrokerTokens
public import IdentityBroker

extension TokenClient {
    /// The client that configuration describes.
    ///
    /// - Parameters:
    ///   - entry: What configuration says.
    ///   - secrets: Its secrets; none for a public client.
    ///   - algorithm: What its tokens are signed with, where that is not what configuration says.
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
