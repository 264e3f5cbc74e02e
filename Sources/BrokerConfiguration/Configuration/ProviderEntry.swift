public import IdentityBroker
public import Logging

/// One provider instance as configuration describes it: checked, and made only when it is needed.
public struct ProviderEntry: Sendable {
    /// The instance's id.
    public let id: ProviderID
    /// The name for people.
    public let displayName: String
    /// Whether it serves; `enabled: false` is the kill switch.
    public let isEnabled: Bool
    /// How much it may cost.
    public let limits: ProviderLimits
    /// Where it may connect to, and whom it trusts; without the credentials of a proxy.
    public let network: NetworkPolicy
    /// Its type.
    public let kind: ProviderKind

    /// What its type says of itself.
    public var manifest: ProviderManifest { kind.manifest }

    let source: CheckedSettings

    var settings: CheckedSettings { source.member("settings") }

    /// Makes the instance, and reads its secrets; of one that is switched off, none.
    ///
    /// - Throws: ``ConfigurationError``: every secret that cannot be read, or else what the type has against its
    ///   settings.
    public func makeInstance(
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(ConfigurationError) -> ProviderInstance {
        let context = ProviderContext(id: id, clock: clock, logger: logger, resolver: resolver)
        do {
            let network = try network(in: context)
            return try ProviderInstance(
                kind,
                settings: settings.decoder,
                context: context,
                displayName: displayName,
                isEnabled: isEnabled,
                limits: limits,
                network: network
            )
        } catch {
            // A type stops at the first secret that it misses. Looked up only now, since a file may be readable only
            // once.
            let unresolved = source.unresolvedSecrets(by: resolver)
            guard unresolved.isEmpty else { throw ConfigurationError(problems: unresolved) }
            throw error as? ConfigurationError ?? ConfigurationError(problems: [settings.problem(for: error)])
        }
    }

    /// The network rules with the proxy's credentials, which are not read where the instance is switched off.
    private func network(in context: ProviderContext) throws -> NetworkPolicy {
        let place = source.member("network").member("proxy").member("credentials")
        guard isEnabled, case .secret(let reference) = place.value.content else { return network }
        let text = try context.resolve(reference)
        var network = network
        do {
            network.proxy?.credentials = try ProxyCredentials(text)
        } catch {
            throw ConfigurationError(problems: [place.problem(.refusedSettings, error.message)])
        }
        return network
    }

    /// What the user's app passes on to open the upstream's app. Reads no secret.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/providerDisabled``, or ``BrokerError/Kind/misconfigured``
    ///   if the type opens no other app or does not take its settings.
    public func launchRequest() throws(BrokerError) -> LaunchRequest {
        guard isEnabled else {
            throw BrokerError(.providerDisabled, "The provider instance \(id) is switched off.")
        }
        do {
            return try kind.launchRequest(settings: settings.decoder)
        } catch {
            throw BrokerError(ConfigurationError(problems: [settings.problem(for: error)]))
        }
    }
}
