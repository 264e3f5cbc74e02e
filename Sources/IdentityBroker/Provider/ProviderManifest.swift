public import StrictJSON

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
    /// Whether its upstream knows neither PKCE nor a nonce, so that only the state binds a code to the redirect that it
    /// answers. The pipeline otherwise refuses an instance that uses neither: a stolen code would sign the thief in
    /// (RFC 9700 §2.1.1, §4.5).
    public var reliesOnStateAlone: Bool
    /// The settings that it takes.
    public var settings: [Setting]
    /// The notices that it may record, each with its meaning.
    public var notices: [Notice: String]
    /// The URL of the upstream's documentation.
    public var documentation: String?
    /// Where a client is registered at the upstream, and what to enter there, in a few sentences; nil if there is
    /// nothing to say.
    public var registration: String?
    /// Whether the upstream sends browsers back to `http://127.0.0.1`, as `broker login --browser` needs it. Of no meaning for
    /// a type without redirects.
    public var takesLoopbackCallbacks: Bool
    /// What is particular about the upstream, or about this type, for whoever configures it: a sentence or two each.
    public var particulars: [String]
    /// The name of the upstream's icon for an app's buttons, in the form of a type's name; nil if it has none.
    public var icon: String?
    /// What makes the type, if that is data: what a setting of form ``Setting/Form/document(_:)`` of another type takes
    /// for the same upstream; nil if the type is code.
    public var declaration: JSONObject?
    /// The same texts in other languages, by the primary subtag of their language tags (RFC 5646), such as `zh`.
    public var translations: [String: ManifestTranslation]

    /// Makes a manifest.
    public init(
        type: String,
        displayName: String,
        summary: String,
        credentials: [CredentialForm],
        nonce: NonceRule = .required,
        reliesOnStateAlone: Bool = false,
        settings: [Setting] = [],
        notices: [Notice: String] = [:],
        documentation: String? = nil,
        registration: String? = nil,
        takesLoopbackCallbacks: Bool = true,
        particulars: [String] = [],
        icon: String? = nil,
        declaration: JSONObject? = nil,
        translations: [String: ManifestTranslation] = [:]
    ) {
        self.type = type
        self.displayName = displayName
        self.summary = summary
        self.credentials = credentials
        self.nonce = nonce
        self.reliesOnStateAlone = reliesOnStateAlone
        self.settings = settings
        self.notices = notices
        self.documentation = documentation
        self.registration = registration
        self.takesLoopbackCallbacks = takesLoopbackCallbacks
        self.particulars = particulars
        self.icon = icon
        self.declaration = declaration
        self.translations = translations
    }
}

extension ProviderManifest {
    /// The kinds of credential that callers may present, which excludes the code of a redirect.
    package var presentableKinds: [CredentialKind] {
        credentials.filter { $0.kind != .authorizationCode || $0.acceptsNativeCodes }.map(\.kind)
    }

    /// The manifest of an instance that takes an authorization code without a flow, from an app that got it itself; see
    /// ``CredentialForm/acceptsNativeCodes``.
    public func acceptingNativeCodes() -> ProviderManifest {
        var manifest = self
        for index in credentials.indices where credentials[index].kind == .authorizationCode {
            manifest.credentials[index].acceptsNativeCodes = true
        }
        return manifest
    }
}

/// Which nonce the ID token of a login must contain (OpenID Connect Core §3.1.3.7 number 11).
///
/// The nonce binds the token to one login of one app: without it, a token stolen anywhere signs the thief in. The
/// provider reports the token's nonce in ``UpstreamIdentity/nonce``, and the gate compares.
public enum NonceRule: String, Sendable, Hashable, CaseIterable {
    /// The login's own: the flow's, or the one that the app presents with a native ID token.
    case required
    /// The same, if the token has one.
    case optional
    /// The upstream returns none, or issues no ID tokens. If there is one anyway, it must be the login's own.
    case absent
    /// As ``required``, but a native token contains the SHA-256 of what the app presents, in hexadecimal.
    case hashed
}
