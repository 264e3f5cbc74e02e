import Testing

@testable import IdentityBroker

@Suite("Text for display")
struct DisplayTextTests {
    @Test(
        "gives the same result with and without the fast path",
        arguments: [
            "a", "~", " a", "a ", " ", "John Doe", "微信用户", "张 三", "\u{9FEF}", "\u{9FF0}", "\u{3400}", "é", "e\u{301}",
            "a\tb", "\u{7F}", "a\u{3000}", "가", "\u{1100}\u{1161}",
        ] + [126, 127, 128, 129].flatMap { [String(repeating: "a", count: $0), String(repeating: "户", count: $0)] }
    )
    func plainTexts(_ text: String) {
        // A zero-width space is removed, and forces the slow path for every text.
        #expect(DisplayText.cleaned(text) == DisplayText.cleaned(text + "\u{200B}"))
    }

    @Test(
        "stays unchanged if all of it belongs in a name",
        arguments: [
            "John Doe", "张三", "Zoë", "O'Neill-Smith, Jr.", "👩‍👩‍👧‍👦", "👩🏽‍🚀", "❤️", "🇨🇳", "می‌خواهم", "क्‍ष", "a  b", "葛\u{E0100}",
        ]
    )
    func kept(_ text: String) {
        #expect(DisplayText.cleaned(text).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test(
        "loses what does not belong in a name",
        arguments: [
            (" a ", "a"), ("a\n", "a"), ("a\u{0}b", "ab"), ("a\u{1B}[31mb", "a[31mb"), ("a\u{7F}\u{85}b", "ab"),
            ("a\u{202E}b\u{202C}", "ab"), ("\u{2066}a\u{2069}", "a"), ("a\u{200E}\u{200F}b", "ab"),
            ("a\u{200B}b", "ab"),
            ("\u{FEFF}a", "a"), ("a\u{AD}b", "ab"), ("a\u{2028}b\u{2029}", "ab"), ("a\u{E000}b", "ab"),
            ("a\u{E0041}b", "ab"), ("a\u{FFFFF}b", "ab"), ("\u{3000}a\u{A0}", "a"), ("a\u{3164}b\u{115F}", "ab"),
        ]
    )
    func cleaned(text: String, shown: String) {
        #expect(DisplayText.cleaned(text).map { Array($0.unicodeScalars) } == Array(shown.unicodeScalars))
    }

    @Test("is composed (NFC)")
    func composition() {
        #expect(DisplayText.cleaned("e\u{301}").map { Array($0.unicodeScalars) } == ["\u{E9}"])
    }

    @Test(
        "is absent if nothing visible is left",
        arguments: [
            "", " ", "\u{0}", "\u{200D}", "\u{200C}\u{200D}", "\u{202E}", "\u{3164}", "\u{3164}\u{200D}", "\u{FE0F}",
            "\u{2800}",
        ]
    )
    func nothing(_ text: String) {
        #expect(DisplayText.cleaned(text) == nil)
    }

    @Test("is cut at 128 characters, never within one")
    func length() {
        #expect(DisplayText.cleaned(String(repeating: "a", count: 128))?.count == 128)
        #expect(DisplayText.cleaned(String(repeating: "a", count: 1_000))?.count == 128)
        let family = "👩‍👩‍👧‍👦"
        #expect(DisplayText.cleaned(String(repeating: family, count: 200))?.allSatisfy { String($0) == family } == true)
        #expect(DisplayText.cleaned(String(repeating: "a", count: 127) + " b")?.count == 127)
    }

    @Test("is bounded even if marks pile up on few characters")
    func bytes() {
        let pile = "a" + String(repeating: "\u{301}", count: 10_000)
        for text in [pile, "John " + pile, String(repeating: pile, count: 10)] {
            #expect((DisplayText.cleaned(text) ?? "").utf8.count <= 4 * 1024)
        }
        #expect(DisplayText.cleaned("John " + pile) == "John")
    }
}
