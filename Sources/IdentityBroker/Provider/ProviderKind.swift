/// A provider type as a value: its manifest, how to create instances from configuration, and what else it can do.
///
/// ```swift
/// let providers = try ProviderRegistry([ProviderKind(WXAppProvider.self)])
/// ```
///
/// What a type can do besides exchanging a credential follows from its conformances, and is declared nowhere else.
public struct ProviderKind: Sendable {
    /// The type's manifest.
    public let manifest: ProviderManifest
    /// What it can do besides exchanging a credential.
    public let capabilities: Set<ProviderCapability>

    /// Creates a provider from settings that were checked against the manifest, and its launch request.
    let makeProvider: @Sendable (any Decoder, ProviderContext) throws -> (any IdentityProvider, LaunchRequest?)
    private let decode: @Sendable (any Decoder) throws -> any Sendable
    private let launch: (@Sendable (any Decoder) throws -> LaunchRequest)?
    private let readCallback: (@Sendable (String) throws(BrokerError) -> Credential)?
    private let advise: (@Sendable (any Decoder) throws -> [String])?

    /// Makes the kind of a Swift type.
    ///
    /// - Parameters:
    ///   - manifest: Its manifest; differs from the type's if several kinds share the type.
    ///   - settings: Reads the type's settings, which the manifest describes; differs from the type's own reading for a
    ///     kind with other settings or defaults.
    public init<Provider: IdentityProvider>(
        _ type: Provider.Type,
        manifest: ProviderManifest = Provider.manifest,
        settings read: @escaping @Sendable (any Decoder) throws -> Provider.Settings = { decoder in
            try Provider.Settings(from: decoder)
        }
    ) {
        self.manifest = manifest
        decode = read
        makeProvider = { decoder, context in
            let settings = try read(decoder)
            return (try Provider(settings: settings, context: context), Provider.launchRequestIfAny(settings: settings))
        }
        launch = (type as? any LaunchRequesting.Type).map { Self.launch($0, read) }
        readCallback = (type as? any CallbackReading.Type).map { Self.readCallback($0) }
        advise = (type as? any SettingsAdvising.Type).map { Self.advise($0, read) }
        var capabilities: Set<ProviderCapability> = []
        if launch != nil { capabilities.insert(.launch) }
        if readCallback != nil { capabilities.insert(.callback) }
        if type is any RedirectRequesting.Type { capabilities.insert(.redirect) }
        if type is any LogoutRequesting.Type { capabilities.insert(.logout) }
        self.capabilities = capabilities
    }

    private static func launch<Provider: LaunchRequesting>(
        _ type: Provider.Type,
        _ read: @escaping @Sendable (any Decoder) throws -> any Sendable
    ) -> @Sendable (any Decoder) throws -> LaunchRequest {
        { decoder in try Provider.launchRequest(settings: settings(read(decoder))) }
    }

    /// The settings as their own type, which they have: it is lost only where a type is asked for a capability.
    private static func settings<Settings>(_ settings: any Sendable) throws -> Settings {
        guard let settings = settings as? Settings else {
            throw BrokerError(.internalError, "A kind's settings are of another type than its provider's.")
        }
        return settings
    }

    private static func readCallback<Provider: CallbackReading>(
        _ type: Provider.Type
    ) -> @Sendable (String) throws(BrokerError) -> Credential {
        { text throws(BrokerError) in try Provider.credential(fromCallback: text) }
    }

    private static func advise<Provider: SettingsAdvising>(
        _ type: Provider.Type,
        _ read: @escaping @Sendable (any Decoder) throws -> any Sendable
    ) -> @Sendable (any Decoder) throws -> [String] {
        { decoder in try Provider.advice(settings: settings(read(decoder))) }
    }

    /// The same kind, observed while it makes providers: from what it reads its settings, what it reads, and what it
    /// makes.
    package func observed(
        reading observe: @escaping @Sendable (any Decoder) -> any Decoder,
        _ settings: @escaping @Sendable (any Sendable) -> Void,
        making wrap: @escaping @Sendable (any IdentityProvider) -> any IdentityProvider
    ) -> ProviderKind {
        ProviderKind(self) { [decode, makeProvider] decoder, context in
            settings(try decode(observe(decoder)))
            let (provider, launchRequest) = try makeProvider(decoder, context)
            return (wrap(provider), launchRequest)
        }
    }

    private init(
        _ other: ProviderKind,
        makeProvider:
            @escaping @Sendable (any Decoder, ProviderContext) throws -> (
                any IdentityProvider, LaunchRequest?
            )
    ) {
        manifest = other.manifest
        capabilities = other.capabilities
        decode = other.decode
        launch = other.launch
        readCallback = other.readCallback
        advise = other.advise
        self.makeProvider = makeProvider
    }

    /// What the user's app needs to open the upstream's app.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the type opens no other app or does not accept
    ///   the settings.
    public func launchRequest(settings: any Decoder) throws -> LaunchRequest {
        guard let launch else {
            throw BrokerError.misconfigured("Providers of type \(manifest.type) do not open another app.")
        }
        return try launch(settings)
    }

    /// The credential inside the text that another app returned.
    ///
    /// - Throws: ``BrokerError``: what the type throws, or of kind ``BrokerError/Kind/misconfigured`` if the type reads no
    ///   such text.
    public func credential(fromCallback callback: String) throws(BrokerError) -> Credential {
        guard let readCallback else {
            throw .misconfigured("Providers of type \(manifest.type) do not get a credential back from another app.")
        }
        return try readCallback(callback)
    }

    /// What the type would reconsider in settings that were checked against the manifest; empty if it gives no advice.
    ///
    /// - Throws: What decoding throws.
    public func advice(settings: any Decoder) throws -> [String] {
        try advise?(settings) ?? []
    }
}

/// The provider types that a program knows, by the name that configuration gives under `type:`.
public struct ProviderRegistry: Sendable {
    private var kinds: [String: ProviderKind] = [:]

    /// Makes a registry of these kinds.
    ///
    /// - Throws: As ``register(_:)`` does.
    public init(_ kinds: [ProviderKind] = []) throws(BrokerError) {
        for kind in kinds { try register(kind) }
    }

    /// Makes a registry of these Swift types.
    ///
    /// - Throws: As ``register(_:)`` does.
    public init(_ types: [any IdentityProvider.Type]) throws(BrokerError) {
        try self.init(types.map { ProviderKind(erasing: $0) })
    }

    /// Adds a kind.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if its name is taken or invalid, or the name of a
    ///   credential kind or of a part is invalid.
    public mutating func register(_ kind: ProviderKind) throws(BrokerError) {
        let name = kind.manifest.type
        guard ProviderID(name) != nil else {
            throw .misconfigured("'\(name)' is not a valid name for a provider type: [a-z][a-z0-9-]*.")
        }
        guard kinds[name] == nil else {
            throw .misconfigured("The provider type \(name) is registered twice.")
        }
        for form in kind.manifest.credentials where !form.kind.isIdentifiable {
            throw .misconfigured(
                "The provider type \(name) names a credential kind '\(form.kind.rawValue)': [a-z][a-z0-9_]*, and not 'code'."
            )
        }
        for part in kind.manifest.credentials.flatMap(\.parts) {
            if let fault = part.nameFault {
                throw .misconfigured(
                    "The provider type \(name) names a part of a credential '\(part.name)', which \(fault).")
            }
        }
        kinds[name] = kind
    }

    /// The kind of this name.
    public subscript(type: String) -> ProviderKind? { kinds[type] }

    /// All kinds, by name.
    public var all: [ProviderKind] {
        kinds.values.sorted { $0.manifest.type < $1.manifest.type }
    }
}

extension ProviderKind {
    /// The same, for a type known only at run time.
    public init(erasing type: any IdentityProvider.Type) {
        func kind<Provider: IdentityProvider>(_ type: Provider.Type) -> ProviderKind { ProviderKind(type) }
        self = kind(type)
    }
}
