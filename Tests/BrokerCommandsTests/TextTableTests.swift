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

    @Test("keeps other scripts and emoji")
    func otherScripts() {
        #expect("微信 👩‍👧 Zoë".printable == "微信 👩‍👧 Zoë")
    }
}
