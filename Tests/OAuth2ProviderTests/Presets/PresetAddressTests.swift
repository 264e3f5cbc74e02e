import Testing

@testable import OAuth2Provider

/// Every address of a preset, written twice: in its declaration and here, so that none changes by accident.
@Suite("The addresses of a preset")
struct PresetAddressTests {
    /// The issuer, and where users, codes, records and e-mail addresses are asked for.
    private static let addresses: [String: [String]] = [
        "baidu": [
            "https://openapi.baidu.com",
            "https://openapi.baidu.com/oauth/2.0/authorize",
            "https://openapi.baidu.com/oauth/2.0/token",
            "https://openapi.baidu.com/rest/2.0/passport/users/getInfo",
        ],
        "bitbucket": [
            "https://bitbucket.org",
            "https://bitbucket.org/site/oauth2/authorize",
            "https://bitbucket.org/site/oauth2/access_token",
            "https://api.bitbucket.org/2.0/user",
            "https://api.bitbucket.org/2.0/user/emails",
        ],
        "discord": [
            "https://discord.com",
            "https://discord.com/oauth2/authorize",
            "https://discord.com/api/oauth2/token",
            "https://discord.com/api/users/@me",
        ],
        "douyin": [
            "https://open.douyin.com",
            "https://open.douyin.com/platform/oauth/connect/",
            "https://open.douyin.com/oauth/access_token/",
            "https://open.douyin.com/oauth/userinfo/",
        ],
        "facebook": [
            "https://www.facebook.com",
            "https://www.facebook.com/v23.0/dialog/oauth",
            "https://graph.facebook.com/v23.0/oauth/access_token",
            "https://graph.facebook.com/v23.0/me",
        ],
        "gitee": [
            "https://gitee.com",
            "https://gitee.com/oauth/authorize",
            "https://gitee.com/oauth/token",
            "https://gitee.com/api/v5/user",
            "https://gitee.com/api/v5/emails",
        ],
        "github": [
            "https://github.com",
            "https://github.com/login/oauth/authorize",
            "https://github.com/login/oauth/access_token",
            "https://api.github.com/user",
            "https://api.github.com/user/emails",
        ],
        "kakao": [
            "https://kauth.kakao.com",
            "https://kauth.kakao.com/oauth/authorize",
            "https://kauth.kakao.com/oauth/token",
            "https://kapi.kakao.com/v2/user/me",
        ],
        "naver": [
            "https://nid.naver.com",
            "https://nid.naver.com/oauth2.0/authorize",
            "https://nid.naver.com/oauth2.0/token",
            "https://openapi.naver.com/v1/nid/me",
        ],
        "qq": [
            "https://graph.qq.com",
            "https://graph.qq.com/oauth2.0/authorize",
            "https://graph.qq.com/oauth2.0/token",
            "https://graph.qq.com/user/get_user_info",
        ],
        "spotify": [
            "https://accounts.spotify.com",
            "https://accounts.spotify.com/authorize",
            "https://accounts.spotify.com/api/token",
            "https://api.spotify.com/v1/me",
        ],
        "tiktok": [
            "https://www.tiktok.com",
            "https://www.tiktok.com/v2/auth/authorize/",
            "https://open.tiktokapis.com/v2/oauth/token/",
            "https://open.tiktokapis.com/v2/user/info/",
        ],
        "vk": [
            "https://id.vk.ru",
            "https://id.vk.ru/authorize",
            "https://id.vk.ru/oauth2/auth",
            "https://id.vk.ru/oauth2/user_info",
        ],
        "weibo": [
            "https://api.weibo.com",
            "https://api.weibo.com/oauth2/authorize",
            "https://api.weibo.com/oauth2/access_token",
            "https://api.weibo.com/2/users/show.json",
        ],
        "x": [
            "https://x.com",
            "https://x.com/i/oauth2/authorize",
            "https://api.x.com/2/oauth2/token",
            "https://api.x.com/2/users/me",
        ],
        "yandex": [
            "https://oauth.yandex.com",
            "https://oauth.yandex.com/authorize",
            "https://oauth.yandex.com/token",
            "https://login.yandex.ru/info",
        ],
    ]

    @Test("are these", arguments: OAuth2Preset.all.map(\.type))
    func addresses(type: String) throws {
        let preset = try #require(OAuth2Preset.all.first { $0.type == type })
        let declaration = preset.declaration
        let addresses = [
            declaration.issuer, declaration.authorization.url, declaration.token.url, declaration.profile.url,
            declaration.emails?.url,
        ]
        #expect(addresses.compactMap { $0?.written } == Self.addresses[type])
    }

    @Test("are those of presets that exist")
    func names() {
        #expect(Set(Self.addresses.keys) == Set(OAuth2Preset.all.map(\.type)))
    }
}
