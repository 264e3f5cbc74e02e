import BrokerConfiguration
import BrokerTokens
import IdentityBroker

extension TokenClient {
    /// The client that configuration describes.
    ///
    /// - Parameter secret: Its secret; nil for a public client.
    init(_ entry: ClientEntry, secret: Secret?) throws(BrokerError) {
        try self.init(
            id: entry.id,
            displayName: entry.displayName,
            authentication: secret.map { .secret($0) } ?? .none,
            grants: Set(entry.grants.map { $0 == "token_exchange" ? .tokenExchange : .refreshToken }),
            audiences: entry.audiences,
            providers: entry.providers,
            signingAlgorithm: SigningAlgorithm(rawValue: entry.signingAlgorithm) ?? .es256,
            redeemsTicketsWithoutAuthentication: entry.redeemsTicketsWithoutAuthentication
        )
    }
}
