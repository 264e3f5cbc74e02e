import Testing

@testable import IdentityBroker

@Suite("An identity's key")
struct IdentityKeyTests {
    private func key(_ subject: String, _ issuer: String = "https://a.example") -> IdentityKey {
        IdentityKey(issuer: .example(issuer), subject: subject)
    }

    @Test("is issuer and subject")
    func equality() {
        #expect(key("one") == key("one"))
        #expect(key("one") != key("two"))
        #expect(key("one") != key("One"))
        #expect(key("one") != key("one", "https://b.example"))
        #expect(Set([key("one"), key("one"), key("two")]).count == 2)
    }
}

@Suite("An issuer")
struct IssuerTests {
    @Test(
        "is any text of visible ASCII",
        arguments: [
            "a", "https://core.genauth.cn/5e4cdd055df3df65dc58b97d", "urn:x:y", "~!",
            String(repeating: "a", count: 255),
        ]
    )
    func accepted(_ text: String) throws {
        let issuer = try #require(Issuer(text))
        #expect(issuer.rawValue == text)
        #expect("\(issuer)" == text)
    }

    @Test(
        "is not ambiguous to read or compare",
        arguments: ["", " ", "a b", "a\n", "a\u{0}", "a\u{7F}", "ä", "a\u{301}", String(repeating: "a", count: 256)]
    )
    func refused(_ text: String) {
        #expect(Issuer(text) == nil)
    }

    @Test("differs by case, and by an additional slash")
    func equality() {
        #expect(Issuer.example("https://a.example") != .example("https://A.example"))
        #expect(Issuer.example("https://a.example") != .example("https://a.example/"))
    }
}
