import BrokerTesting
import Foundation
import JOSE
import Testing

@Suite("base64url")
struct Base64URLTests {
    @Test("The example of RFC 7515 Appendix C is encoded and decoded")
    func example() {
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == [3, 236, 255, 224, 193])
    }

    @Test(
        "The examples of RFC 4648 §10 are encoded and decoded, without padding",
        arguments: [
            "": "", "f": "Zg", "fo": "Zm8", "foo": "Zm9v", "foob": "Zm9vYg", "fooba": "Zm9vYmE", "foobar": "Zm9vYmFy",
        ])
    func examples(bytes: String, text: String) {
        #expect(Base64URL.encode(bytes.utf8) == text)
        #expect(Base64URL.decode(text) == Array(bytes.utf8))
    }

    @Test(
        "Any number of bytes is encoded as Foundation does, and survives a round trip", arguments: 0...70)
    func roundTrip(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let text = Base64URL.encode(bytes)
        let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        #expect(text == expected.replacing("=", with: ""))
        #expect(Base64URL.decode(text) == bytes)
    }

    @Test(
        "Only the canonical spelling is accepted",
        arguments: [
            "A", "AAAAA", "AA==", "A-z/4ME", "A+z_4ME", "AB", "AAB", "A-z_ 4ME", "A-z_4MF", "A-z_4M\n", "é", "=",
            "AAAA=", "A\u{0}AA",
        ])
    func strictness(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
