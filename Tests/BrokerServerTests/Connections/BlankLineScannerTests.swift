import NIOCore
import Testing

@testable import BrokerServer

@Suite("The end of a request head")
struct BlankLineScannerTests {
    @Test(
        "is found after a blank line",
        arguments: [
            ("a\r\n\r\nb", 5), ("a\n\nb", 3), ("a\n\r\nb", 4), ("a\r\n\nb", 4), ("a\r\nb\r\n\r\n", 8), ("\r\na", 2),
            ("a\r\nb", 4), ("a", 1),
        ]
    )
    func whole(text: String, length: Int) {
        var scanner = BlankLineScanner()
        let found = scanner.lengthToBlankLine(in: ByteBuffer(string: text))
        #expect(found == length)
    }

    @Test(
        "reports whether the first line lacks its carriage return, wherever the bytes are split",
        arguments: [
            ("a\r\nb\n\n", false), ("a\nb\r\n\r\n", true), ("a\rb\n\n", true), ("a", false),
        ]
    )
    func firstLine(text: String, isBare: Bool) {
        for prefix in ["", "\n", "\r\n"] {
            var scanner = BlankLineScanner()
            for byte in (prefix + text).utf8 { _ = scanner.lengthToBlankLine(in: ByteBuffer(bytes: [byte])) }
            #expect(scanner.firstLineLacksReturn == isBare)
        }
    }

    @Test("is found wherever the bytes are split")
    func split() {
        let text = "a: b\r\n\r\n"
        for index in text.utf8.indices.dropFirst() {
            var scanner = BlankLineScanner()
            let (first, second) = (String(text.utf8[..<index]) ?? "", String(text.utf8[index...]) ?? "")
            let lengths = [first, second + "c"].map { scanner.lengthToBlankLine(in: ByteBuffer(string: $0)) }
            #expect(lengths == [first.utf8.count, second.utf8.count])
        }
    }
}
