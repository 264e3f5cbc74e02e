/// What a provider type says of itself: the source of its documentation, its configuration schema and its checks.
public struct ProviderManifest: Sendable, Hashable {
    /// The name that configuration gives under `type:`: a lower-case letter, then lower-case letters, digits, hyphens.
    public var type: String
    /// The name for people.
    public var displayName: String
    /// What the provider does, in a sentence or two.
    public var summary: String
    /// The credentials that it takes, each with its form.
    public var credentials: [CredentialForm]
    /// Which nonce its upstream's ID tokens bring; an instance may have a rule of its own.
    public var nonce: NonceRule
    /// The settings that it takes.
    public var settings: [Setting]
    /// The notices that it may record, each with its meaning.
    public var notices: [Notice: String]
    /// Where the upstream documents itself.
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
