import Testing

@testable import IdentityBroker

@Suite("Searching for a secret")
struct SecretSearchTests {
    private func matches(_ secret: String, in text: String) -> Bool {
        SecretSearch(Secret(secret)).matches(in: Array(text.utf8))
    }

    @Test(
        "finds it verbatim, and as escaped in URLs and JSON",
        arguments: [
            ("abc", "abc"), ("abc", "xabcx"), ("abc", "aabc"), ("abc", "ababc"), ("a/b", "a%2Fb"), ("a/b", "a%2fb"),
            ("a/b", #"a\/b"#), ("a/b", #"a\u002Fb"#), ("a/b", #"a\u002fb"#), ("abc", "%61%62%63"),
            (#"a"b\c"#, #"a\"b\\c"#),
            ("a%41", "a%41"), ("a%41", "a%2541"), (#"a\/b"#, #"a\/b"#), (#"a\/b"#, #"a\\\/b"#),
            ("a\nb\tc\rd", #"a\nb\tc\rd"#), ("a\u{8}b\u{C}c", #"a\bb\fc"#), ("a/b", #"xxx a\u002fb"#),
            ("é", "é"), ("é", "%C3%A9"), ("%", "%"), ("%", "%25"), (#"\"#, #"\"#),
        ]
    )
    func found(secret: String, text: String) {
        #expect(matches(secret, in: text))
    }

    @Test(
        "finds nothing else, and handles an incomplete escape",
        arguments: [
            ("abc", ""), ("abc", "ab"), ("abc", "abC"), ("abc", "ab%6"), ("abc", "ab%"), ("abc", #"ab\"#),
            ("abc", #"ab\u"#), ("abc", #"ab\u0"#), ("abc", #"ab\u006"#), ("abc", #"ab\u0163"#), ("abc", "ab%6g"),
            ("abc", "ab%+6"), ("", ""), ("", "abc"),
        ]
    )
    func notFound(secret: String, text: String) {
        #expect(!matches(secret, in: text))
    }

    @Test("replaces every occurrence, and keeps the rest to the byte")
    func replacing() {
        let search = SecretSearch(Secret("a/b"))
        #expect(search.replacingMatches(in: "a/ba%2Fb é a/b\u{301}", with: "-") == "-- é -\u{301}")
        #expect(search.replacingMatches(in: "nothing", with: "-") == "nothing")
        #expect(search.replacingMatches(in: "", with: "-") == "")
    }
}
