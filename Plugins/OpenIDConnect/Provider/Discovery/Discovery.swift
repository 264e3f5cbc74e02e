import HTTPTypes
import IdentityBroker
import JOSE
import OAuthClient
import UpstreamAPI

/// What all logins of an instance share: how the provider is reached, and the keys it signs with.
struct Discovery: Sendable {
    /// Where the provider describes itself, relative to its issuer (Discovery §4).
    private static let path = "/.well-known/openid-configuration"

    /// What the document calls its issuer.
    private let issuer: String
    private let location: Endpoint
    /// The endpoints in the settings.
    private let overrides: ProviderMetadata.Endpoints
    /// Whether the settings have all endpoints that logins use.
    let isComplete: Bool
    private let clock: BrokerClock

    /// - Parameters:
    ///   - issuer: What the document calls its issuer.
    ///   - address: The address that the document is below.
    ///   - asksUserInfo: Whether logins use the userinfo endpoint.
    init(
        of issuer: String,
        at address: String,
        overrides: ProviderMetadata.Endpoints,
        asksUserInfo: Bool,
        clock: BrokerClock
    ) throws(BrokerError) {
        guard let location = Endpoint(address)?.appending(path: Self.path) else {
            throw BrokerError(.misconfigured, "issuer is too long for the address of a discovery document.")
        }
        self.issuer = issuer
        self.location = location
        self.overrides = overrides
        isComplete =
            overrides.authorization != nil && overrides.token != nil && overrides.keys != nil
            && (overrides.userInfo != nil || !asksUserInfo)
        self.clock = clock
    }

    /// The addresses that the settings lead to. The issuer's is only asked for what they lack.
    var addresses: [ProviderEndpoint] {
        let issuer = isComplete ? [] : [ProviderEndpoint("issuer", location.server)]
        let others: [(name: String, endpoint: Endpoint?, isForBrowsers: Bool)] = [
            ("authorization endpoint", overrides.authorization, true), ("token endpoint", overrides.token, false),
            ("userinfo endpoint", overrides.userInfo, false), ("key set", overrides.keys, false),
            ("end session endpoint", overrides.endSession, true),
        ]
        return issuer
            + others.compactMap { name, endpoint, isForBrowsers in
                endpoint.map { ProviderEndpoint(name, $0.server, isForBrowsers: isForBrowsers) }
            }
    }

    /// The provider's metadata: its own, with the settings' endpoints over them.
    ///
    /// - Parameter shared: Gets a shared value; see ``ExchangeContext/shared(_:)``.
    func metadata(
        _ shared: (SharedValue<ProviderMetadata>) async throws -> ProviderMetadata
    ) async throws -> ProviderMetadata {
        if isComplete { return ProviderMetadata(endpoints: overrides) }
        return try await shared(document).replacing(overrides)
    }

    private var document: SharedValue<ProviderMetadata> {
        SharedValue("discovery", from: location.request(.get)) { [issuer, clock] response in
            if let outage = response.outage(of: "The provider's discovery document", at: clock.now()) { throw outage }
            guard response.status.code != 404 else {
                throw BrokerError(
                    .misconfigured,
                    "The provider has no discovery document. Check issuer, or set all endpoints in the settings.")
            }
            guard response.status.code == 200 else {
                throw BrokerError(
                    .upstreamMisbehaved,
                    "The provider's discovery document was answered with status \(response.status.code).")
            }
            guard let document = response.object else {
                throw BrokerError(
                    .upstreamMisbehaved, "The provider's discovery document \(response.objectFault).")
            }
            return try ProviderMetadata(document, of: issuer)
        }
    }

    /// The provider's keys (RFC 7517 §5).
    func keys(at endpoint: Endpoint) -> SharedValue<JSONWebKeySet> {
        SharedValue("keys", from: endpoint.request(.get)) { [clock] response in
            if let outage = response.outage(of: "The provider's key set", at: clock.now()) { throw outage }
            guard response.status.code == 200 else {
                throw BrokerError(
                    .upstreamMisbehaved, "The provider's key set was answered with status \(response.status.code).")
            }
            do throws(JSONWebKeySet.Fault) {
                return try JSONWebKeySet(reading: response.body)
            } catch {
                throw BrokerError(
                    .upstreamMisbehaved, "The provider's key set cannot be used: \(error.rawValue).")
            }
        }
    }
}
