import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("A text table")
struct TextTableTests {
    private static var table: TextTable {
        var table = TextTable()
        table.heading("Signed in")
        table.row("name", "John Doe")
        table.row("subject", "5e57")
        table.row("nothing", nil)
        return table
    }

    @Test("aligns its values and omits rows without one")
    func alignment() {
        #expect(Self.table.rendered(in: .plain) == "Signed in\n  name     John Doe\n  subject  5e57")
    }

    @Test("is colored only on request")
    func color() {
        #expect(!Self.table.rendered(in: .plain).contains("\u{1B}"))
        #expect(
            Self.table.rendered(in: TextStyle(isColored: true, width: nil)).contains("\u{1B}[1mSigned in\u{1B}[0m"))
    }

    @Test(
        "removes terminal control sequences",
        arguments: ["\u{1B}[2J", "a\rb", "a\nb", "\u{202E}cod.exe", "\u{9B}31m", "\u{2028}"]
    )
    func hostileText(_ text: String) {
        var table = TextTable()
        table.row("name", text)
        let rendered = table.rendered(in: .plain)
        #expect(rendered.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(rendered.unicodeScalars.allSatisfy { $0.properties.generalCategory != .format })
    }

    @Test("folds a long value between words, under itself")
    func folding() {
        var table = TextTable()
        table.row("does", "one two three four five six seven")
        let style = TextStyle(isColored: false, width: 30)
        #expect(table.rendered(in: style) == "  does  one two three four\n        five six seven")
    }

    @Test("aligns by what a terminal shows, in which an ideograph takes two columns")
    func wideAlignment() {
        var table = TextTable()
        table.row("用途", "登录")
        table.row("appId", "AppID")
        #expect(table.rendered(in: .plain) == "  用途   登录\n  appId  AppID")
        for (text, columns) in [("a", 1), ("中", 2), ("，", 2), ("ｱ", 1), ("한", 2), ("é", 1), ("👩‍👧", 2), ("中a", 3)] {
            #expect(text.columns == columns, "\(text)")
        }
    }

    @Test(
        "folds between ideographs, and leaves punctuation where it belongs",
        arguments: [
            ("一二三四五六七八九十一二", ["一二三四五六七八九十", "一二"]),
            ("一二三四五六七八九十，二", ["一二三四五六七八九", "十，二"]),
            ("一二三四五六七八九（二）", ["一二三四五六七八九", "（二）"]),
            ("一二三 open.weixin.qq.com 四", ["一二三", "open.weixin.qq.com", "四"]),
            ("在open.weixin.qq.com/登记", ["在", "open.weixin.qq.com/", "登记"]),
            ("https://example.com/that/is/long", ["https://example.com/that/is/long"]),
            ("", [""]),
        ] as [(String, [String])])
    func wideFolding(_ text: String, _ lines: [String]) {
        #expect(text.folded(at: 20) == lines)
    }

    @Test("keeps other scripts and emoji")
    func otherScripts() {
        #expect("微信 👩‍👧 Zoë".printable == "微信 👩‍👧 Zoë")
    }
}
