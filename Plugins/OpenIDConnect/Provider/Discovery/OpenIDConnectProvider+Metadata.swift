import IdentityBroker
import JOSE
import OAuthClient

extension OpenIDConnectProvider {
    /// The provider's metadata, once it has everything that redirect logins need: checked before a user is sent to the
    /// provider, and again before the code is sent, which would otherwise be spent for nothing.
    ///
    /// - Parameter shared: Gets a shared value; see ``ExchangeContext/shared(_:)``.
    /// - Throws: ``BrokerError``, of kind `misconfigured` if something is missing.
    func metadataForRedirect(
        _ shared: (SharedValue<ProviderMetadata>) async throws -> ProviderMetadata
    ) async throws -> ProviderMetadata {
        let metadata = try await discovery.metadata(shared)
        _ = try metadata.endpoint(\.authorization, "authorization_endpoint")
        _ = try metadata.endpoint(\.token, "token_endpoint")
        if userInfoRule == .always { _ = try metadata.endpoint(\.userInfo, "userinfo_endpoint") }
        _ = try authentication.method(offered: metadata.authMethods)
        _ = try pushEndpoint(by: metadata)
        _ = try keys(by: metadata)
        return metadata
    }

    /// The algorithms that ID tokens may be signed with, by the settings and by the provider's own word.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` if there is none.
    func algorithms(by metadata: ProviderMetadata) throws(BrokerError) -> Set<SignatureAlgorithm> {
        let allowed = metadata.idTokenAlgorithms.map(rules.algorithms.intersection) ?? rules.algorithms
        guard !allowed.isEmpty else {
            throw BrokerError(
                .misconfigured, "The provider signs ID tokens with no algorithm that idTokenAlgorithms allows.")
        }
        return allowed
    }

    /// The provider's keys; nil if all its ID tokens are signed with the client's secret.
    func keys(by metadata: ProviderMetadata) throws(BrokerError) -> SharedValue<JSONWebKeySet>? {
        guard try algorithms(by: metadata) != [.hs256] else { return nil }
        return discovery.keys(at: try metadata.endpoint(\.keys, "jwks_uri"))
    }
}
