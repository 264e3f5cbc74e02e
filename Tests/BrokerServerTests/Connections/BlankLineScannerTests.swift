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

@Suite("A request line")
struct RequestLineScannerTests {
    private static func scanned(_ line: String) -> RequestLineScanner {
        line.utf8.reduce(into: RequestLineScanner()) { $0.take($1) }
    }

    @Test(
        "has exactly two single spaces",
        arguments: [
            ("GET / HTTP/1.1", false), ("GET", false), ("GET ", false), ("GET /", false), ("", false),
            (" GET / HTTP/1.1", true), ("GET  / HTTP/1.1", true), ("GET /  HTTP/1.1", true),
            ("GET / HTTP/1.1 ", true), ("GET /a b HTTP/1.1", true),
        ])
    func spaces(line: String, hasExtraSpace: Bool) {
        #expect(Self.scanned(line).hasExtraSpace == hasExtraSpace)
    }

    @Test(
        "begins with a method if its first part is a token",
        arguments: [
            ("GET ", true), ("M-SEARCH * HTTP/1.1", true), ("get / HTTP/1.1", true), ("GET", false), ("G@T / ", false),
            ("G\tT / ", false), (String(repeating: "M", count: 32) + " / ", true),
            (String(repeating: "M", count: 33) + " / ", false), ("\u{16}\u{3}\u{1} ", false), ("É / ", false),
        ])
    func method(line: String, hasMethod: Bool) {
        #expect(Self.scanned(line).hasMethod == hasMethod)
    }
}
