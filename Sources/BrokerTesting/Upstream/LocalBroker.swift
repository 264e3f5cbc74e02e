import CurlTransport
package import IdentityBroker

/// A broker over libcurl with one instance, whose upstream is on this machine.
package enum LocalBroker {
    /// The instance.
    package static let id: ProviderID = "work"

    /// Runs logins at a new one.
    ///
    /// - Parameters:
    ///   - pem: The certificate authority of the upstream.
    ///   - resolver: What reads the instance's secrets.
    ///   - store: What the broker keeps things in.
    ///   - body: The logins.
    /// - Throws: ``BrokerError`` for settings that are refused, and what the logins throw.
    package static func run<Provider: IdentityProvider, Result>(
        _ type: Provider.Type,
        _ settings: Provider.Settings,
        trusting pem: String,
        resolver: SecretResolver = .process,
        store: any BrokerStore = MemoryStore(),
        _ body: (Broker) async throws -> Result
    ) async throws -> Result {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let instance = try ProviderInstance(
            type, settings: settings, context: ProviderContext(id: id, resolver: resolver),
            limits: ProviderLimits(timeout: .seconds(120), connectTimeout: .seconds(60)),
            network: NetworkPolicy(
                caFile: try directory.write(pem, to: "authority.pem"), egress: EgressPolicy(allowedNetworks: loopback)))
        let transport = try CurlTransport()
        do {
            let result = try await body(try Broker(providers: [instance], transport: transport, store: store))
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }
}
