import IdentityBroker
import Testing

@testable import WXAppProvider

@Suite("The manifest")
struct ManifestTests {
    private let manifest = WXAppProvider.manifest

    @Test("is accepted by a registry")
    func registered() throws {
        let registry = try ProviderRegistry([WXAppProvider.self])
        #expect(registry["wxapp"]?.manifest == manifest)
    }

    @Test("accepts a one-time ticket of at most 4 KiB of visible ASCII")
    func credentials() {
        #expect(
            manifest.credentials
                == [CredentialForm(kind: .ticket, maximumBytes: 4096, alphabet: .visibleASCII, isOneTime: true)]
        )
    }

    @Test("names every setting, the required one first, and documents each")
    func settings() {
        #expect(
            manifest.settings.map(\.key)
                == ["userPoolId", "secret", "baseURL", "issuer", "tokenKey", "miniProgram", "requestPhone"]
        )
        #expect(manifest.settings.filter(\.isRequired).map(\.key) == ["userPoolId"])
        #expect(manifest.settings.allSatisfy { !$0.documentation.isEmpty })
        #expect(manifest.settings.first { $0.key == "secret" }?.form == .secret)
        #expect(manifest.settings.first { $0.key == "tokenKey" }?.form == .secret)
        #expect(manifest.settings.first { $0.key == "baseURL" }?.defaultText == "https://core.genauth.cn")
    }

    @Test("describes the mini program with the defaults of the shared one")
    func miniProgram() throws {
        guard case .object(let settings)? = manifest.settings.first(where: { $0.key == "miniProgram" })?.form else {
            Issue.record("miniProgram is not an object.")
            return
        }
        #expect(settings.map(\.key) == ["userName", "appId", "path", "useSelfWxapp", "type"])
        #expect(
            settings.map(\.defaultText)
                == ["gh_a781a791e29e", "wxa0435021fd7a3af2", "/routes/explore", "false", "release"]
        )
    }

    @Test("has a closed list of documented notices")
    func notices() {
        #expect(
            Set(manifest.notices.keys.map(\.rawValue)) == [
                "phone_masked", "phone_conflict", "name_placeholder", "name_cleaned", "picture_refused",
                "email_refused", "unionid_unproven", "oauth_unreadable", "metadata_unreadable",
                "upstream_token_expired",
                "upstream_token_unverified", "upstream_token_unreadable",
            ]
        )
        #expect(manifest.notices.values.allSatisfy { !$0.isEmpty })
    }

    @Test("is the same in Chinese, text by text")
    func chinese() throws {
        let chinese = try #require(manifest.translations["zh"])
        let texts = [chinese.displayName, chinese.summary, try #require(chinese.registration)]
        let all = texts + chinese.settings.values + chinese.notices.values
        #expect(all.allSatisfy { $0.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) } })
        #expect(Set(all).count == all.count)
    }

    @Test("names the core's notices as the core does")
    func coreNotices() {
        #expect(WXAppNotice.nameCleaned.notice == .nameCleaned)
        #expect(WXAppNotice.pictureRefused.notice == .pictureRefused)
        #expect(WXAppNotice.emailRefused.notice == .emailRefused)
    }
}
