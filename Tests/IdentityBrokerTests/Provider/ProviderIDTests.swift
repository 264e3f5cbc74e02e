import IdentityBroker
import Testing

@Suite("A provider's id")
struct ProviderIDTests {
    @Test(
        "is a lower-case letter, then letters, digits and hyphens",
        arguments: ["a", "wxapp", "wxapp-staging", "a1", "a-", "a--b", String(repeating: "a", count: 63)]
    )
    func accepted(_ text: String) throws {
        let id = try #require(ProviderID(text))
        #expect(id.rawValue == text)
        #expect("\(id)" == text)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "1a", "-a", "A", "aB", "a_b", "a.b", "a/b", "a b", " a", "a\n", "a\u{0}", "ä", "аpp", "a\u{301}", "a١",
            String(repeating: "a", count: 64),
        ]
    )
    func refused(_ text: String) {
        #expect(ProviderID(text) == nil)
    }
}
