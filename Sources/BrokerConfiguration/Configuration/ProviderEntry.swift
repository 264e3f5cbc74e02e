public import IdentityBroker
public import Logging

/// One configured provider instance: checked, and made only when needed.
public struct ProviderEntry: Sendable {
    /// The instance's id.
    public let id: ProviderID
    /// The name shown to people.
    public let displayName: String
    /// Whether it serves; `enabled: false` is the kill switch.
    public let isEnabled: Bool
    /// Its resource limits.
    public let limits: ProviderLimits
    /// Its network rules, without the credentials of a proxy.
    public let network: NetworkPolicy
    /// What it adds to identities, and who may sign in.
    public let identityPolicy: IdentityPolicy
    /// Its type.
    public let kind: ProviderKind

    /// Its type's manifest.
    public var manifest: ProviderManifest { kind.manifest }

    let source: CheckedSettings

    var settings: CheckedSettings { source.member("settings") }

    /// The path of a file with settings of its own that a setting names; nil if that names none.
    ///
    /// - Throws: ``ConfigurationError`` with everything wrong in the file.
    package func document(of setting: String) throws(ConfigurationError) -> String? {
        let value = settings.member(setting).value
        guard value.problems.isEmpty else { throw ConfigurationError(problems: value.problems) }
        return value.file
    }

    /// Makes the instance, and reads its secrets, but none if it is disabled.
    ///
    /// - Throws: ``ConfigurationError`` with everything wrong in the files that its settings name, and with every secret
    ///   that cannot be read, or else with the type's objections to its settings.
    public func makeInstance(
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(ConfigurationError) -> ProviderInstance {
        let problems = source.problemsOfDocuments
        guard problems.isEmpty else {
            throw ConfigurationError(problems: problems + source.unresolvedSecrets(by: resolver))
        }
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
                network: network,
                identityPolicy: identityPolicy
            )
        } catch {
            // A type stops at the first missing secret. Resolved only now, since a file may be readable only once.
            let unresolved = source.unresolvedSecrets(by: resolver)
            guard unresolved.isEmpty else { throw ConfigurationError(problems: unresolved) }
            throw error as? ConfigurationError ?? ConfigurationError(problems: [settings.problem(for: error)])
        }
    }

    /// The network rules with the proxy's credentials, which are not read if the instance is disabled.
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

    /// What the user's app needs to open the upstream's app. Reads no secret.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/providerDisabled``, or ``BrokerError/Kind/misconfigured``
    ///   if the type opens no other app or refuses its settings.
    public func launchRequest() throws(BrokerError) -> LaunchRequest {
        guard isEnabled else {
            throw BrokerError(.providerDisabled, "The provider instance \(id) is switched off.")
        }
        let problems = source.problemsOfDocuments
        guard problems.isEmpty else { throw BrokerError(ConfigurationError(problems: problems)) }
        do {
            return try kind.launchRequest(settings: settings.decoder)
        } catch {
            throw BrokerError(ConfigurationError(problems: [settings.problem(for: error)]))
        }
    }
}
