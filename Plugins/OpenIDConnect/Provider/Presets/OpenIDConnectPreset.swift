public import IdentityBroker

/// A well-known OpenID provider as data: a kind of provider with its own name, documentation and defaults. It takes every
/// setting of `oidc`, in place of its own default.
///
/// ```swift
/// let providers = try ProviderRegistry([ProviderKind(OpenIDConnectProvider.self)] + OpenIDConnectPreset.all.map(\.kind))
/// ```
public struct OpenIDConnectPreset: Sendable {
    /// Which of the preset's own settings make the assertion that serves as the client's secret.
    struct SignedSecret: Sendable {
        /// The assertion's issuer.
        let issuer: String
        /// The key's name.
        let keyId: String
        /// The key.
        let key: String
    }

    /// The kind's name, which is also that of its icon.
    public let type: String
    let displayName: String
    let summary: String
    let documentation: String
    let registration: String
    let takesLoopbackCallbacks: Bool
    /// What is particular about the provider.
    let particulars: [String]
    /// The settings that only this kind has. The issuer may name one in braces.
    let settings: [Setting]
    /// The settings of `oidc` that have to be given.
    let required: Set<String>
    /// Whether apps get native ID tokens from it.
    let issuesNativeTokens: Bool
    let signedSecret: SignedSecret?
    /// What holds for settings of `oidc` that are not given.
    let defaults: OpenIDConnectProvider.Settings

    /// - Parameter configure: Changes the defaults of `oidc`.
    init(
        type: String,
        displayName: String,
        summary: String,
        documentation: String,
        registration: String,
        takesLoopbackCallbacks: Bool = true,
        particulars: [String] = [],
        issuer: String,
        settings: [Setting] = [],
        required: Set<String> = [],
        issuesNativeTokens: Bool = true,
        signedSecret: SignedSecret? = nil,
        _ configure: (inout OpenIDConnectProvider.Settings) -> Void
    ) {
        self.type = type
        self.displayName = displayName
        self.summary = summary
        self.documentation = documentation
        self.registration = registration
        self.takesLoopbackCallbacks = takesLoopbackCallbacks
        self.particulars = particulars
        self.settings = settings
        self.required = required
        self.issuesNativeTokens = issuesNativeTokens
        self.signedSecret = signedSecret
        var defaults = OpenIDConnectProvider.Settings(issuer: issuer, clientId: "")
        configure(&defaults)
        self.defaults = defaults
    }

    /// All presets.
    public static let all: [OpenIDConnectPreset] = [
        .apple, .genauth, .gitlab, .google, .keycloak, .line, .linkedin, .microsoft, .slack, .twitch,
    ]

    /// The preset as a kind of provider.
    public var kind: ProviderKind {
        ProviderKind(OpenIDConnectProvider.self, manifest: manifest) { decoder in try settings(from: decoder) }
    }
}
