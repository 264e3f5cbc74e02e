/// The id of a provider instance, such as `wxapp` or `wxapp-staging`.
///
/// It appears in URLs, metric labels and configuration keys: a lower-case letter, then up to 62 lower-case letters,
/// digits or hyphens.
public struct ProviderID: Sendable, Hashable {
    /// The id as text.
    public let rawValue: String

    /// Parses an id. Returns nil for an invalid one.
    public init?(_ text: String) {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 63,
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        rawValue = text
    }
}

extension ProviderID: ExpressibleByStringLiteral {
    /// An id written in source code.
    ///
    /// - Precondition: The literal is a valid id; an invalid one is a programming error that shows at the first run.
    public init(stringLiteral literal: String) {
        guard let id = ProviderID(literal) else {
            preconditionFailure("'\(literal)' is not a provider id: a lower-case letter, then [a-z0-9-], at most 63.")
        }
        self = id
    }
}

extension ProviderID: CustomStringConvertible {
    /// The id as text.
    public var description: String { rawValue }
}

/// One configured provider: a provider with an id, limits and network rules. Several may share a type.
public struct ProviderInstance: Sendable {
    /// The instance's id.
    public let id: ProviderID
    /// The name shown to people.
    public let displayName: String
    /// Its resource limits.
    public let limits: ProviderLimits
    /// What it may connect to.
    public let network: NetworkPolicy
    /// What it adds to identities, and who may sign in.
    public let identityPolicy: IdentityPolicy
    /// Its type's manifest, as the type adapts it to the instance.
    public let manifest: ProviderManifest

    /// Nil if the instance is disabled: its secrets need not even exist then.
    let provider: (any IdentityProvider)?
    /// What the user's app needs to open the upstream's app; nil if it opens none, or if the instance is disabled.
    package let launchRequest: LaunchRequest?
    let ledger: SecretLedger

    /// The kill switch: a disabled instance is known, but refuses logins.
    public var isEnabled: Bool { provider != nil }

    /// Makes an instance.
    ///
    /// - Parameters:
    ///   - type: The provider type.
    ///   - settings: The type's settings.
    ///   - context: The instance's id, and what the type may use.
    ///   - displayName: The name shown to people; nil for the type's own.
    ///   - isEnabled: Whether it serves. If false, the type's initializer is not called.
    ///   - limits: Its resource limits.
    ///   - network: What it may connect to.
    ///   - identityPolicy: What it adds to identities, and who may sign in.
    /// - Throws: What the type's initializer throws, or ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` for
    ///   a meaningless limit, an endpoint that the network rules refuse, or redirects whose codes nothing but the state protects, unless the type says that its
    ///   upstream knows nothing else (``ProviderManifest/reliesOnStateAlone``).
    public init<Provider: IdentityProvider>(
        _ type: Provider.Type,
        settings: Provider.Settings,
        context: ProviderContext,
        displayName: String? = nil,
        isEnabled: Bool = true,
        limits: ProviderLimits = ProviderLimits(),
        network: NetworkPolicy = NetworkPolicy(),
        identityPolicy: IdentityPolicy = IdentityPolicy()
    ) throws {
        try self.init(
            manifest: Provider.manifest, context: context, displayName: displayName, isEnabled: isEnabled,
            limits: limits, network: network, identityPolicy: identityPolicy
        ) {
            (try Provider(settings: settings, context: context), Provider.launchRequestIfAny(settings: settings))
        }
    }

    /// Makes an instance of a kind.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - settings: The kind's settings, checked against its manifest.
    ///   - context: As in the other initializer, like the remaining parameters.
    /// - Throws: What decoding or the type's initializer throws, or ``BrokerError`` as in the other initializer.
    public init(
        _ kind: ProviderKind,
        settings: any Decoder,
        context: ProviderContext,
        displayName: String? = nil,
        isEnabled: Bool = true,
        limits: ProviderLimits = ProviderLimits(),
        network: NetworkPolicy = NetworkPolicy(),
        identityPolicy: IdentityPolicy = IdentityPolicy()
    ) throws {
        try self.init(
            manifest: kind.manifest, context: context, displayName: displayName, isEnabled: isEnabled, limits: limits,
            network: network, identityPolicy: identityPolicy
        ) {
            try kind.makeProvider(settings, context)
        }
    }

    /// - Parameter make: Creates the provider and its launch request. Not called if the instance is disabled: the kill
    ///   switch must work whatever the type thinks of its settings.
    init(
        manifest: ProviderManifest,
        context: ProviderContext,
        displayName: String? = nil,
        isEnabled: Bool = true,
        limits: ProviderLimits = ProviderLimits(),
        network: NetworkPolicy = NetworkPolicy(),
        identityPolicy: IdentityPolicy = IdentityPolicy(),
        make: () throws -> (any IdentityProvider, LaunchRequest?)
    ) throws {
        try limits.check()
        let made = isEnabled ? try make() : nil
        let type = manifest
        let manifest = made?.0.adaptedWithinBounds(type) ?? type
        try manifest.checkRedirects(of: made?.0, ofType: type)
        for endpoint in made?.0.endpoints ?? [] { try endpoint.check(under: network) }
        provider = made?.0
        launchRequest = made?.1
        ledger = context.ledger
        if let credentials = network.proxy?.credentials { ledger.add(credentials.password) }
        id = context.id
        self.manifest = manifest
        self.displayName = displayName ?? manifest.displayName
        self.limits = limits
        self.network = network
        self.identityPolicy = identityPolicy
    }

    /// Whether a login can begin in a browser, at the upstream's own site; false if it is disabled.
    package var wantsBrowser: Bool { provider is any RedirectRequesting }

    /// Who vouches for the subjects that the instance returns; nil if it is disabled.
    public var issuer: Issuer? { provider?.issuer }
}

extension IdentityProvider {
    /// The adapted manifest, in which nothing else has changed: an instance's settings were checked against the type's.
    fileprivate func adaptedWithinBounds(_ manifest: ProviderManifest) -> ProviderManifest {
        var own = adapted(manifest)
        (own.type, own.settings, own.notices) = (manifest.type, manifest.settings, manifest.notices)
        return own
    }
}

extension ProviderInstance {
    var transportPolicy: TransportPolicy {
        TransportPolicy(
            connectTimeout: limits.connectTimeout,
            maximumBodyBytes: limits.responseSize,
            caFile: network.caFile,
            egress: network.egress,
            proxy: network.proxy,
            reusesConnections: network.reusesConnections
        )
    }
}
