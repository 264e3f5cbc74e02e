/// One provider type in a registry: its manifest, and how configuration makes instances of it.
public struct ProviderRegistration: Sendable {
    /// What the type says of itself.
    public let manifest: ProviderManifest

    private let type: any IdentityProvider.Type

    init(_ type: any IdentityProvider.Type) throws(BrokerError) {
        manifest = type.manifest
        self.type = type
        guard ProviderID(manifest.type) != nil else {
            throw .misconfigured("'\(manifest.type)' is no name for a provider type: [a-z][a-z0-9-]*.")
        }
        let abilities: [(ProviderCapability, Bool)] = [
            (.launch, type is any LaunchRequesting.Type),
            (.callback, type is any CallbackReading.Type),
            (.redirect, type is any RedirectRequesting.Type),
        ]
        for (capability, isPresent) in abilities where manifest.capabilities.contains(capability) != isPresent {
            throw .misconfigured(
                """
                The provider type \(manifest.type) must name the capability '\(capability.rawValue)' \
                exactly if it conforms to the protocol for it.
                """
            )
        }
    }

    /// Makes an instance from settings that were checked against the manifest.
    ///
    /// - Throws: What decoding or the type's initialiser throws.
    public func makeInstance(
        settings: any Decoder,
        context: ProviderContext,
        displayName: String?,
        isEnabled: Bool,
        limits: ProviderLimits,
        network: NetworkPolicy
    ) throws -> ProviderInstance {
        func make<Provider: IdentityProvider>(_ type: Provider.Type) throws -> ProviderInstance {
            let settings = try Provider.Settings(from: settings)
            return try ProviderInstance(
                type,
                settings: settings,
                context: context,
                displayName: displayName,
                isEnabled: isEnabled,
                limits: limits,
                network: network
            )
        }
        let opened: any IdentityProvider.Type = type
        return try make(opened)
    }

    /// What the user's app passes on to open the upstream's app.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the type has no such ability, or its
    ///   settings do not do.
    public func launchRequest(settings: any Decoder) throws -> LaunchRequest {
        guard let type = type as? any LaunchRequesting.Type else {
            throw BrokerError.misconfigured("Providers of type \(manifest.type) open no other app.")
        }
        func make<Provider: LaunchRequesting>(_ type: Provider.Type) throws -> LaunchRequest {
            try type.launchRequest(settings: Provider.Settings(from: settings))
        }
        return try make(type)
    }

    /// The credential inside what another app returned.
    ///
    /// - Throws: ``BrokerError``: what the type throws, or of kind ``BrokerError/Kind/misconfigured`` if the type reads no
    ///   such text.
    public func credential(fromCallback callback: String) throws(BrokerError) -> Credential {
        guard let type = type as? any CallbackReading.Type else {
            throw .misconfigured("Providers of type \(manifest.type) get no credential back from another app.")
        }
        return try type.credential(fromCallback: callback)
    }

    /// What the type would reconsider in settings that were checked against the manifest; nothing if it gives no advice.
    ///
    /// - Throws: What decoding throws.
    public func advice(settings: any Decoder) throws -> [String] {
        guard let type = type as? any SettingsAdvising.Type else { return [] }
        func advise<Provider: SettingsAdvising>(_ type: Provider.Type) throws -> [String] {
            try type.advice(settings: Provider.Settings(from: settings))
        }
        return try advise(type)
    }
}
