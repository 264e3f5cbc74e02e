public import IdentityBroker

/// A well-known OAuth 2.0 upstream: a kind of provider that a declaration makes. It takes every setting of `oauth2` but
/// the declaration.
///
/// ```swift
/// let providers = try ProviderRegistry([ProviderKind(OAuth2Provider.self)] + OAuth2Preset.all.map(\.kind))
/// ```
public struct OAuth2Preset: Sendable {
    /// The kind's name, which is also that of its icon.
    public let type: String
    let displayName: String
    let summary: String
    /// What makes it.
    public let declaration: Declaration

    /// - Parameter declare: Changes a declaration in which every member has its default.
    init(
        _ type: String,
        _ displayName: String,
        _ summary: String,
        _ declare: (inout Declaration) -> Void
    ) {
        self.type = type
        self.displayName = displayName
        self.summary = summary
        var declaration = Declaration()
        declaration.icon = type
        declare(&declaration)
        self.declaration = declaration
    }

    /// All presets.
    public static let all: [OAuth2Preset] = [
        .baidu, .bitbucket, .discord, .douyin, .facebook, .gitee, .github, .kakao, .naver, .qq, .spotify, .tiktok, .vk,
        .weibo, .x, .yandex,
    ]

    /// The preset as a kind of provider.
    public var kind: ProviderKind {
        ProviderKind(OAuth2Provider.self, manifest: manifest) { [declaration] decoder in
            try OAuth2Provider.Settings(from: decoder, of: declaration)
        }
    }

    var manifest: ProviderManifest {
        var manifest = declaration.describe(OAuth2Provider.manifest)
        manifest.type = type
        manifest.displayName = displayName
        manifest.summary = summary
        manifest.settings =
            (declaration.needsHost ? [OAuth2Provider.hostSetting] : [])
            + OAuth2Provider.settings(
                defaultScopes: declaration.authorization.scopes, authMethod: declaration.client.authMethod,
                pkce: declaration.pkce, needsSecret: declaration.profile.proofName != nil)
        manifest.declaration = declaration.members
        return manifest
    }
}
