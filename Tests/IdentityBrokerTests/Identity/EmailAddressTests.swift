import IdentityBroker
import Testing

@Suite("An e-mail address")
struct EmailAddressTests {
    @Test(
        "is exactly one, its domain in lower case",
        arguments: [
            ("a@b.example", "a@b.example"), ("First.Last+tag@Example.COM", "First.Last+tag@example.com"),
            ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"),
            ("user@sub.domain.example.com", "user@sub.domain.example.com"),
            ("user@xn--fiqs8s.cn", "user@xn--fiqs8s.cn"),
            ("用户@例子.公司", "用户@例子.公司"),
            ("किताब@उदाहरण.भारत", "किताब@उदाहरण.भारत"), ("jörg@bücher.example", "jörg@bücher.example"),
            ("\(String(repeating: "a", count: 64))@example.com", "\(String(repeating: "a", count: 64))@example.com"),
        ]
    )
    func accepted(text: String, written: String) {
        #expect(EmailAddress(text)?.rawValue == written)
    }

    // The first line is CVE-2022-35924: an invitation to the victim's address that the attacker read.
    @Test(
        "is never two, and nothing that could be mistaken for another",
        arguments: [
            "a@evil.example,b@victim.example", "a@evil.example;b@victim.example", "a@evil.example b@victim.example",
            "a@evil.example\r\nBcc: b@victim.example", "a@evil.example\nb@victim.example", "a@b@victim.example",
            "", "@", "a", "a@", "@b.example", "a@b", "a@b.", "a@.b", "a@b..c", ".a@b.example", "a.@b.example",
            "a..b@c.example",
            " a@b.example", "a@b.example ", "a b@c.example", "a@b c.example", "a\t@b.example", "a\u{0}@b.example",
            "\"a b\"@c.example", "\"a\"@c.example", "a(comment)@b.example", "a@b.example(comment)", "<a@b.example>",
            "Name <a@b.example>", "mailto:a@b.example", "a@[127.0.0.1]", "a@[IPv6:::1]", "a@-b.example", "a@b-.example",
            "a@b_c.example", "a\\@b.example", "a@b.example\u{200B}", "a\u{200D}@b.example", "a\u{202E}@b.example",
            "a\u{3164}@b.example", "a@b\u{3164}.example", "a\u{A0}@b.example", "a@\u{301}b.example", "a，b@c.example",
            "\u{212A}@b.example", "a@\u{212A}.example", "\u{212B}@b.example", "a@b。example", "a＠b.example",
            "a@b\u{AD}c.example", "a@\u{93E}b.example", "a@b.\u{93E}c.example", "a.\u{93E}b@c.example",
            "a\u{D4E}@b.example", "a@-\u{93E}b.example",
            "\(String(repeating: "a", count: 65))@example.com", "a@\(String(repeating: "b", count: 64)).example",
            "a@\(Array(repeating: "abcdefg", count: 32).joined(separator: "."))",
        ]
    )
    func refused(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test("is the same in bytes, however its letters were composed")
    func composition() throws {
        let decomposed = try #require(EmailAddress("jo\u{308}rg@bu\u{308}cher.example"))
        #expect(Array(decomposed.rawValue.utf8) == Array("j\u{F6}rg@b\u{FC}cher.example".utf8))
    }

    @Test("keeps the case of its local part, which only the receiver interprets")
    func localCase() {
        #expect(EmailAddress("A@b.example") != EmailAddress("a@b.example"))
    }
}
