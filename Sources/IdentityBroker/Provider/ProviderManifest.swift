/// A provider type's description of itself: the source of its documentation, its configuration schema and its checks.
public struct ProviderManifest: Sendable, Hashable {
    /// The name that configuration gives under `type:`: a lower-case letter, then lower-case letters, digits, hyphens.
    public var type: String
    /// The name shown to people.
    public var displayName: String
    /// What the provider does, in a sentence or two.
    public var summary: String
    /// The credentials that it accepts, each with its form.
    public var credentials: [CredentialForm]
    /// Which nonce its upstream's ID tokens contain; an instance may have its own rule.
    public var nonce: NonceRule
    /// The settings that it takes.
    public var settings: [Setting]
    /// The notices that it may record, each with its meaning.
    public var notices: [Notice: String]
    /// The URL of the upstream's documentation.
    public var documentation: String?

    /// Makes a manifest.
    public init(
        type: String,
        displayName: String,
        summary: String,
        credentials: [CredentialForm],
        nonce: NonceRule = .required,
        settings: [Setting] = [],
        notices: [Notice: String] = [:],
        documentation: String? = nil
    ) {
        self.type = type
        self.displayName = displayName
        self.summary = summary
        self.credentials = credentials
        self.nonce = nonce
        self.settings = settings
        self.notices = notices
        self.documentation = documentation
    }
}
