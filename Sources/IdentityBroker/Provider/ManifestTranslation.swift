/// The texts of a ``ProviderManifest`` in another language. What it lacks is shown in English.
public struct ManifestTranslation: Sendable, Hashable {
    /// The name shown to people.
    public var displayName: String
    /// What the provider does, in a sentence or two.
    public var summary: String
    /// What settings mean, by their keys; one of a mapping has its path, such as `miniProgram.appId`.
    public var settings: [String: String]
    /// What the parts of credentials are, by their names.
    public var parts: [String: String]
    /// What notices mean.
    public var notices: [Notice: String]
    /// Where a client is registered at the upstream, and what to enter there.
    public var registration: String?
    /// What is particular about the upstream, in the order of ``ProviderManifest/particulars``.
    public var particulars: [String]

    /// Makes a translation.
    public init(
        displayName: String,
        summary: String,
        settings: [String: String] = [:],
        parts: [String: String] = [:],
        notices: [Notice: String] = [:],
        registration: String? = nil,
        particulars: [String] = []
    ) {
        self.displayName = displayName
        self.summary = summary
        self.settings = settings
        self.parts = parts
        self.notices = notices
        self.registration = registration
        self.particulars = particulars
    }
}

extension ProviderManifest {
    /// The translation for the first of these languages that there is, if English is not preferred to it.
    ///
    /// - Parameter languages: Primary subtags of language tags, the preferred one first.
    package func translation(for languages: [String]) -> ManifestTranslation? {
        languages.prefix { $0 != "en" }.lazy.compactMap { translations[$0] }.first
    }
}
