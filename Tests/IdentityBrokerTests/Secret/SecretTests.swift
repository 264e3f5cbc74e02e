import IdentityBroker
import Testing

@Suite("A secret")
struct SecretTests {
    // The compiler checks that a secret is neither `Encodable` nor `Hashable`: `JSONEncoder().encode(secret)` and
    // `Set([secret])` do not compile. This test prevents conformances that only show at run time.
    @Test("has none of the conformances that would reveal it")
    func conformances() {
        let secret: any Sendable = Secret(Canary.secret)
        #expect(!(secret is any Encodable))
        #expect(!(secret is any Hashable))
        #expect(!(secret is any CustomStringConvertible))
        #expect(!(secret is any CustomDebugStringConvertible))
        #expect(!(secret is any TextOutputStreamable))
    }

    @Test("reveals its text only on request")
    func reveal() {
        let secret = Secret(Canary.secret)
        #expect(secret.reveal() == Canary.secret)
        #expect(secret.revealBytes() == Array(Canary.secret.utf8))
        #expect(secret.byteCount == Canary.secret.utf8.count)
        #expect(!secret.isEmpty)
        #expect(Secret("").isEmpty)
    }

    @Test("shows nothing, however it is printed", arguments: Rendering.allCases)
    func printing(_ rendering: Rendering) {
        #expect(Canary.found(in: rendering.text(of: Secret(Canary.secret))).isEmpty)
    }

    @Test("has a mirror without children")
    func mirror() {
        #expect(Mirror(reflecting: Secret(Canary.secret)).children.isEmpty)
    }

    @Test(
        "equals the secret of the same bytes, and no other",
        arguments: [
            ("abc", "abc", true), ("", "", true), ("abc", "abd", false), ("abc", "bbc", false), ("abc", "ab", false),
            ("abc", "abcd", false), ("abc", "", false),
            // Canonically equivalent, but different bytes.
            ("\u{E9}", "e\u{301}", false),
        ]
    )
    func equality(left: String, right: String, isEqual: Bool) {
        #expect((Secret(left) == Secret(right)) == isEqual)
    }
}
