import BrokerTesting
import Crypto
import IdentityBroker
import OpenIDConnectProvider
import Testing

/// Other tests run at the same time, so a check may wait long for a processor.
private func kit(_ fixture: VendorFixture) -> ProviderConformance {
    ProviderConformance(fixture, patience: .seconds(300))
}

@Suite("Presets", .serialized)
struct PresetConformanceTests {
    @Test("conform: Google", arguments: kit(VendorFixture(.google)).cases)
    func google(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: Microsoft", arguments: kit(VendorFixture(.microsoft)).cases)
    func microsoft(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: GitLab", arguments: kit(VendorFixture(.gitlab)).cases)
    func gitlab(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: LINE", arguments: kit(VendorFixture(.line)).cases)
    func line(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: Slack", arguments: kit(VendorFixture(.slack)).cases)
    func slack(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: LinkedIn", arguments: kit(VendorFixture(.linkedin)).cases)
    func linkedin(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: Twitch", arguments: kit(VendorFixture(.twitch)).cases)
    func twitch(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: Keycloak", arguments: kit(VendorFixture(.keycloak)).cases)
    func keycloak(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("conform: GenAuth", arguments: kit(VendorFixture(.genauth)).cases)
    func genauth(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test(
        "conform: Apple",
        arguments: kit(VendorFixture(.apple, secret: Vendor.appleKey.pemRepresentation)).cases)
    func apple(_ rule: ConformanceCase) async throws { try await rule.check() }

    @Test("have a name, an icon and a place to register of their own, and every setting of oidc")
    func manifests() throws {
        let manifests = OpenIDConnectPreset.all.map(\.kind.manifest)
        #expect(
            manifests.map(\.type) == [
                "apple", "genauth", "gitlab", "google", "keycloak", "line", "linkedin", "microsoft", "slack", "twitch",
            ])
        let common = Set(OpenIDConnectProvider.manifest.settings.map(\.key))
        for manifest in manifests {
            #expect(manifest.icon == manifest.type && manifest.registration?.isEmpty == false)
            #expect(Set(manifest.settings.map(\.key)).isSuperset(of: common))
            #expect(manifest.reliesOnStateAlone == (manifest.type == "linkedin"))
        }
        let kinds = [ProviderKind(OpenIDConnectProvider.self)] + OpenIDConnectPreset.all.map(\.kind)
        #expect(try ProviderRegistry(kinds).all.count == 11)
    }
}
