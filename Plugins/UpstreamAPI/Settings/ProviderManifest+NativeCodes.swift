package import IdentityBroker

extension ProviderManifest {
    /// The manifest of an instance that takes an authorization code with its flow only, of a type that takes one without as well;
    /// see ``CredentialForm/acceptsNativeCodes``.
    package func refusingNativeCodes() -> ProviderManifest {
        var manifest = self
        for index in credentials.indices { manifest.credentials[index].acceptsNativeCodes = false }
        return manifest
    }
}
