package import BrokerConfiguration
package import BrokerTokens
package import IdentityBroker

extension TokenClient {
    /// The client that configuration describes.
    ///
    /// - Parameters:
    ///   - secrets: Its secrets; none for a public client.
    ///   - algorithm: What its tokens are signed with, where that is not what configuration says.
    package init(
        _ entry: ClientEntry,
        secrets: [Secret],
        signingWith algorithm: SigningAlgorithm? = nil
    ) throws(BrokerError) {
        var grants: Set<GrantType> = []
        for name in entry.grants {
            guard let grant = GrantType(configurationName: name) else {
                throw .misconfigured("The client \(entry.id) has an unknown grant: '\(name)'.")
            }
            grants.insert(grant)
        }
        try self.init(
            id: entry.id,
            displayName: entry.displayName,
            authentication: entry.isPublic ? .none : .secrets(secrets),
            grants: grants,
            audiences: entry.audiences,
            providers: entry.providers,
            signingAlgorithm: algorithm ?? entry.algorithm,
            redeemsTicketsWithoutAuthentication: entry.redeemsTicketsWithoutAuthentication,
            introspects: entry.introspects,
            corsOrigins: entry.corsOrigins
        )
    }
}

extension ClientEntry {
    /// What its tokens are signed with.
    var algorithm: SigningAlgorithm { SigningAlgorithm(rawValue: signingAlgorithm) ?? .es256 }
}
