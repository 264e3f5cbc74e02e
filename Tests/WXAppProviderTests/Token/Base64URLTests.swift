import Testing

@testable import WXAppProvider

@Suite("Base64url")
struct Base64URLTests {
    /// The vectors of RFC 4648 §10 without their padding, and the two characters that tell base64url from base64.
    @Test(
        "decodes",
        arguments: [
            ("", ""), ("Zg", "f"), ("Zm8", "fo"), ("Zm9v", "foo"), ("Zm9vYg", "foob"), ("Zm9vYmE", "fooba"),
            ("Zm9vYmFy", "foobar"), ("Pz8_Pj4-", "???>>>"),
        ]
    )
    func decodes(text: String, expected: String) {
        #expect(Base64URL.decode(Array(text.utf8)[...]) == Array(expected.utf8))
    }

    @Test(
        "refuses padding, other alphabets, impossible lengths and stray bits",
        arguments: ["Zg==", "Zm8=", "Pz8/", "Pj4+", "Z", "Zm9vY", "Zh", "Zm9", "Zm 9", "Zm9v\n", "Zé"]
    )
    func refuses(text: String) {
        #expect(Base64URL.decode(Array(text.utf8)[...]) == nil)
    }
}
