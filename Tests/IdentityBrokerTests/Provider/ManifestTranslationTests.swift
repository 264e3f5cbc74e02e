import Testing

@testable import IdentityBroker

@Suite("The translations of a manifest")
struct ManifestTranslationTests {
    private let manifest = ProviderManifest(
        type: "example", displayName: "Example", summary: "Signs users in.", credentials: [],
        translations: [
            "zh": ManifestTranslation(displayName: "示例", summary: "登录用户。"),
            "de": ManifestTranslation(displayName: "Beispiel", summary: "Meldet Nutzer an."),
        ])

    @Test(
        "are for those who prefer their language to English",
        arguments: [
            (["zh"], "示例"), (["fr", "de"], "Beispiel"), ([], nil), (["fr"], nil), (["en", "zh"], nil),
            (["de", "en", "zh"], "Beispiel"),
        ] as [([String], String?)]
    )
    func choice(_ languages: [String], _ name: String?) {
        #expect(manifest.translation(for: languages)?.displayName == name)
    }
}
