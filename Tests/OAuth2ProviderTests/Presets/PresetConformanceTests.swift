import BrokerTesting
import IdentityBroker
import OAuth2Provider
import StrictJSON
import Testing

/// Other tests run at the same time, so a check may wait long for a processor.
private func kit(_ vendor: Vendor) -> ProviderConformance {
    ProviderConformance(VendorFixture(vendor), patience: .seconds(300))
}

@Suite("Presets", .serialized)
struct PresetConformanceTests {
    @Test("conform: github", arguments: kit(.github).cases)
    func github(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: gitee", arguments: kit(.gitee).cases)
    func gitee(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: facebook", arguments: kit(.facebook).cases)
    func facebook(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: discord", arguments: kit(.discord).cases)
    func discord(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: x", arguments: kit(.x).cases)
    func x(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: kakao", arguments: kit(.kakao).cases)
    func kakao(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: naver", arguments: kit(.naver).cases)
    func naver(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: spotify", arguments: kit(.spotify).cases)
    func spotify(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: yandex", arguments: kit(.yandex).cases)
    func yandex(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: vk", arguments: kit(.vk).cases)
    func vk(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: bitbucket", arguments: kit(.bitbucket).cases)
    func bitbucket(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: weibo", arguments: kit(.weibo).cases)
    func weibo(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: baidu", arguments: kit(.baidu).cases)
    func baidu(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: qq", arguments: kit(.qq).cases)
    func qq(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: tiktok", arguments: kit(.tiktok).cases)
    func tiktok(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: douyin", arguments: kit(.douyin).cases)
    func douyin(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("have a name, an icon and a place to register of their own, and every setting of oauth2 but the declaration")
    func manifests() throws {
        let manifests = OAuth2Preset.all.map(\.kind.manifest)
        #expect(
            manifests.map(\.type) == [
                "baidu", "bitbucket", "discord", "douyin", "facebook", "gitee", "github", "kakao", "naver", "qq",
                "spotify",
                "tiktok", "vk", "weibo", "x", "yandex",
            ])
        let common = Set(OAuth2Provider.manifest.settings.map(\.key)).subtracting(["declaration", "host"])
        for manifest in manifests {
            #expect(manifest.icon == manifest.type && manifest.registration?.isEmpty == false)
            #expect(Set(manifest.settings.map(\.key)) == common)
            #expect(manifest.declaration != nil && manifest.nonce == .absent)
            // Its page shows the secret in the example, unless clients have none there.
            let secret = manifest.settings.first { $0.key == "clientSecret" }
            #expect((secret?.isRequired == true || secret?.isUsuallyGiven == true) == (manifest.type != "vk"))
        }
        let bound = manifests.filter { !$0.reliesOnStateAlone }.map(\.type)
        #expect(bound == ["github", "spotify", "vk", "x", "yandex"])
        #expect(
            try ProviderRegistry([ProviderKind(OAuth2Provider.self)] + OAuth2Preset.all.map(\.kind)).all.count == 17)
    }

    @Test("never take an e-mail address or a user name for the subject")
    func subjects() throws {
        for preset in OAuth2Preset.all {
            let members = preset.declaration.members
            let subject = members["subject"]?.strings ?? members["tokenSubject"]?.strings ?? []
            #expect(!subject.isEmpty)
            for pointer in subject {
                let name = pointer.lowercased()
                #expect(!["mail", "login", "name", "phone"].contains { name.contains($0) })
            }
        }
    }
}
