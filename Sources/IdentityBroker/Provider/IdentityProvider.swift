/// An upstream that vouches for people. This is what a plugin conforms to.
///
/// A provider turns one credential into one ``UpstreamIdentity`` and does nothing else. It sends through the
/// ``ExchangeContext`` of the login at hand, it keeps no state between logins, and it throws ``BrokerError``. What must
/// always hold (single use, deadlines, egress, the gate, the audit) is the pipeline's, which calls a provider only in
/// the middle of it.
///
/// Further abilities are protocols besides this one, such as ``LaunchRequesting``: a type that conforms has the ability.
public protocol IdentityProvider: Sendable {
    /// What stands under `settings:` in configuration. It holds ``SecretReference``s, never secrets.
    associatedtype Settings: Decodable & Sendable

    /// The type's name, the credentials it takes, its settings and its documentation.
    static var manifest: ProviderManifest { get }

    /// Who vouches for the subjects that this instance returns. It scopes single use and keys identities.
    var issuer: Issuer { get }

    /// Which nonce this instance's upstream puts into its ID tokens, where settings decide; nil for what the manifest says.
    var nonceRule: NonceRule? { get }

    /// Makes an instance.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says which setting is wrong, and how.
    init(settings: Settings, context: ProviderContext) throws

    /// Exchanges the credential for what the upstream knows of the person.
    ///
    /// - Parameters:
    ///   - credential: Of a kind and form that the manifest names; already reserved.
    ///   - exchange: The guarded transport of this login, its deadline and a logger that redacts.
    /// - Throws: ``BrokerError``. Anything else is taken for a defect of the provider.
    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity
}

extension IdentityProvider {
    /// As the manifest says.
    public var nonceRule: NonceRule? { nil }
}
