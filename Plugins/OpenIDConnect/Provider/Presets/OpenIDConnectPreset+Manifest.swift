import IdentityBroker
import JOSE

extension OpenIDConnectPreset {
    var manifest: ProviderManifest {
        var manifest = OpenIDConnectProvider.manifest
        manifest.type = type
        manifest.displayName = displayName
        manifest.summary = summary
        if !issuesNativeTokens { manifest.credentials.removeAll { $0.kind == .idToken } }
        manifest.nonce = defaults.nonce
        manifest.reliesOnStateAlone = defaults.peculiarities.reliesOnStateAlone
        manifest.settings = settings + OpenIDConnectProvider.settings.map(adapted)
        manifest.documentation = documentation
        manifest.registration = registration
        manifest.takesLoopbackCallbacks = takesLoopbackCallbacks
        manifest.particulars = particulars
        manifest.icon = type
        return manifest
    }

    /// A setting of `oidc` with this preset's default.
    private func adapted(_ setting: Setting) -> Setting {
        var setting = setting
        setting.isRequired = setting.key == "clientId" || required.contains(setting.key)
        if let text = defaults.text(of: setting.key) { setting.defaultText = text }
        if setting.isRequired { setting.defaultText = nil }
        if setting.key == "authMethod", let method = defaults.peculiarities.authMethod {
            setting.documentation = """
                How the client authenticates at the token endpoint. If left out, \(method.rawValue); without a secret, the \
                first method that the provider offers and the key allows.
                """
        }
        if setting.key == "clientSecret", let signedSecret {
            setting.isUsuallyGiven = false
            setting.documentation =
                "A secret that you signed yourself, in place of one signed with \(signedSecret.key)."
        }
        return setting
    }
}

extension OpenIDConnectProvider.Settings {
    /// The value of a setting that presets change, as written in YAML; nil for other settings.
    fileprivate func text(of key: String) -> String? {
        switch key {
        case "issuer": issuer
        case "issuerAliases": Self.list(issuerAliases)
        case "scopes": Self.list(scopes)
        case "responseMode": responseMode.rawValue
        case "pkce": pkce.rawValue
        case "userInfo": userInfo.rawValue
        case "idTokenAlgorithms": Self.list(idTokenAlgorithms.map(\.rawValue).sorted())
        case "nonce": nonce.rawValue
        case "subjectClaims": Self.list(subjectClaims)
        default: nil
        }
    }

    private static func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }
}
