import IdentityBroker
import Testing

@Suite("The URL of a setting")
struct SettingURLTests {
    private let form = Setting.Form.urlTemplate(placeholders: ["tenant", "region"])

    @Test(
        "may have a placeholder for a whole segment of its path",
        arguments: [
            ("https://id.example/{tenant}/v2.0", "https://id.example/tenant/v2.0"),
            ("https://id.example/{tenant}", "https://id.example/tenant"),
            ("https://id.example/{region}/{tenant}/", "https://id.example/region/tenant/"),
            ("https://id.example/tenant", "https://id.example/tenant"),
        ])
    func accepted(text: String, url: String) throws {
        let expected = try #require(UpstreamURL(url))
        #expect(Setting.url(in: text, as: form) == expected)
    }

    @Test(
        "has none elsewhere, and no other one",
        arguments: [
            "https://{tenant}.id.example/", "https://{tenant}/", "https://id.example:{tenant}/",
            "{tenant}://id.example/", "https://id.example/v{tenant}", "https://id.example/{tenant}.json",
            "https://id.example/{tenant}{region}", "https://id.example/{other}", "https://id.example/{}",
            "https://id.example/{tenant", "{tenant}", "https:/{tenant}/id.example",
        ])
    func refused(text: String) {
        #expect(Setting.url(in: text, as: form) == nil)
    }

    @Test("has no placeholder in another form")
    func otherForms() {
        #expect(Setting.url(in: "https://id.example/{tenant}", as: .url) == nil)
        #expect(Setting.url(in: "https://id.example/tenant", as: .text) == nil)
    }
}
