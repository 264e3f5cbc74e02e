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
