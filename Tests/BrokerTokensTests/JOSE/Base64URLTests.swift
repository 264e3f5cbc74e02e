import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("base64url")
struct Base64URLTests {
    @Test("The example of RFC 7515 Appendix C is written and read")
    func example() {
        #expect(base64URL([3, 236, 255, 224, 193]) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME".utf8) == [3, 236, 255, 224, 193])
    }

    @Test("Bytes come back as they were, whatever their number", arguments: 0...70)
    func roundTrip(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        #expect(Base64URL.decode(base64URL(bytes).utf8) == bytes)
    }

    @Test(
        "Nothing but the one spelling is read",
        arguments: ["A", "AAAAA", "AA==", "A-z/4ME", "A+z_4ME", "AB", "AAB", "A-z_ 4ME", "A-z_4MF", "A-z_4M\n", "é"])
    func strictness(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
