import Testing

@testable import IdentityBroker

@Suite("Base64url")
struct Base64URLTests {
    @Test(
        "is base64 without padding, with the alphabet that URLs leave alone (RFC 4648 §5 and §10)",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func vectors(text: String, encoded: String) {
        #expect(base64URL(text.utf8) == encoded)
    }

    @Test("has a hyphen and an underscore for what no URL takes")
    func alphabet() {
        #expect(base64URL([0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF]) == "----____")
    }
}
