/// What a provider can do beside exchanging a credential.
public enum ProviderCapability: String, Sendable, Hashable, CaseIterable {
    /// Builds a launch request: the type conforms to ``LaunchRequesting``.
    case launch
    /// Reads the credential out of what the other app returned: the type conforms to ``CallbackReading``.
    case callback
    /// Sends the user's browser to the upstream's site: the type conforms to ``RedirectRequesting``.
    case redirect
}
