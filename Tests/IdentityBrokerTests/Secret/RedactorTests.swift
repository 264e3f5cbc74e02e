import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("A redactor")
struct RedactorTests {
    private let redactor = Redactor([Secret(Canary.secret), Secret(Canary.ticket)])

    @Test("removes every secret, wherever and however often it occurs")
    func secrets() {
        let text = "\(Canary.ticket)\(Canary.ticket): a \(Canary.secret)."
        #expect(redactor.redact(text) == "<redacted><redacted>: a <redacted>.")
    }

    @Test("does not change a text without secrets")
    func plain() {
        let text = "The upstream refused: code 2206, see https://upstream.example/errors?code=2206 — 错误 👩‍🚀"
        #expect(redactor.redactSecrets(text) == text)
        #expect(Redactor([]).redact("plain text, 1234567890") == "plain text, 1234567890")
    }

    @Test(
        "finds a secret next to characters that join the one before them",
        arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{20DD}", "\r\n", "\u{1F3FD}"]
    )
    func graphemes(_ tail: String) {
        #expect(Canary.found(in: redactor.redactSecrets("a \(Canary.secret)\(tail) b")).isEmpty)
        #expect(Canary.found(in: redactor.redact("a \(Canary.secret)\(tail) b")).isEmpty)
    }

    @Test("leaves no part of a secret of which another one is a prefix", arguments: [false, true])
    func prefixes(isReversed: Bool) {
        let secrets = [Secret("abcdef"), Secret("abcdefghijkl")]
        let redactor = Redactor(isReversed ? secrets.reversed() : secrets)
        #expect(redactor.redact("abcdefghijkl abcdef") == "<redacted> <redacted>")
    }

    @Test(
        "finds a secret as escaped in JSON and URLs",
        arguments: [#"ab\/cd+ef=="#, "ab%2Fcd%2Bef%3D%3D", "ab%2fcd%2bef%3d%3d"]
    )
    func spellings(_ spelling: String) {
        #expect(Redactor([Secret("ab/cd+ef==")]).redact("x \(spelling) y") == "x <redacted> y")
    }

    @Test("removes a secret of fewer than four bytes, which could occur anywhere, only as the whole text")
    func shortSecrets() {
        let redactor = Redactor([Secret("a"), Secret("abc"), Secret("")])
        #expect(redactor.redact("an abc, and a banana") == "an abc, and a banana")
        #expect(["a", "abc", ""].map(redactor.redact) == ["<redacted>", "<redacted>", ""])
        #expect(Redactor([Secret("abcd")]).redact("abcdef") == "<redacted>ef")
    }

    @Test("removes a part of a credential from eight bytes on anywhere, and a shorter one as the whole text")
    func parts() {
        let redactor = Redactor([], parts: [Secret("12345678"), Secret("profile"), Secret("")])
        #expect(redactor.redact("part=12345678, scope=profile") == "part=<redacted>, scope=profile")
        #expect(["profile", "12345678", ""].map(redactor.redact) == ["<redacted>", "<redacted>", ""])
    }

    @Test(
        "removes runs of digits that could be phone numbers",
        arguments: [
            ("1234567890", "1234567890"), ("12345678901", "<redacted>"), ("+8613987654321", "+<redacted>"),
            ("a12345678901b", "a<redacted>b"), ("12345678901 12345678902", "<redacted> <redacted>"),
            ("1\u{301}2345678901234", "1\u{301}<redacted>"),
        ]
    )
    func digits(text: String, redacted: String) {
        #expect(redactor.redact(text) == redacted)
    }

    @Test(
        "puts a text on one line of visible characters",
        arguments: [
            ("a\nb", #"a\nb"#), ("a\r\nb", #"a\r\nb"#), ("a\u{1B}[31m", #"a\u{1B}[31m"#), ("a\u{0}", #"a\0"#),
            ("a\u{202E}b", #"a\u{202E}b"#), ("a\u{2028}b", #"a\u{2028}b"#), ("a\u{7F}\u{85}", #"a\u{7F}\u{0085}"#),
        ]
    )
    func controls(text: String, escaped: String) {
        #expect(redactor.redact(text) == escaped)
    }

    @Test(
        "keeps a text within bounds",
        arguments: [
            String(repeating: "a ", count: 2_000), "a" + String(repeating: "\u{301}", count: 10_000),
            String(repeating: "\u{1B}", count: 2_000), String(repeating: "👩‍🚀", count: 2_000),
        ]
    )
    func bounds(_ text: String) {
        #expect(redactor.redact(text).utf8.count < 10_000)
    }

    @Test("does not cut a secret in two when truncating")
    func cut() {
        for padding in 990...1030 {
            let text = redactor.redact(String(repeating: ".", count: padding) + Canary.secret)
            #expect(!text.contains("canary"))
        }
    }

    @Test("removes secrets from every text in a value, including names")
    func attributes() throws {
        let value: JSONValue = [
            "list": [.string("a \(Canary.secret)"), 1, .null, true, 0.5],
            Canary.ticket: ["inner": .string(Canary.ticket)],
        ]
        let redacted: JSONValue = [
            "list": ["a <redacted>", 1, .null, true, 0.5], "<redacted>": ["inner": "<redacted>"],
        ]
        #expect(redactor.redactSecrets(value) == redacted)
        #expect(try redactor.redactSecrets(JSONReader().read(value.json.utf8)) == redacted)
    }
}
