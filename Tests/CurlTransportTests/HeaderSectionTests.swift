import HTTPTypes
import Testing

@testable import CurlTransport

@Suite("A header section")
struct HeaderSectionTests {
    private func fields(_ text: String) throws -> [String] {
        try #require(HTTPFields(head: Array(text.utf8))).map { "\($0.name.rawName)=\($0.value)" }
    }

    @Test("is a status line, fields in order, and an empty line")
    func plain() throws {
        let text = "HTTP/1.1 200 OK\r\nDate: Sat\r\nx-a: 1\r\nX-A: 2\r\n\r\n"
        #expect(try fields(text) == ["Date=Sat", "x-a=1", "X-A=2"])
    }

    @Test(
        "may have no fields, or not even an end", arguments: ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\n", "\n", "\n\n"])
    func empty(text: String) throws {
        #expect(try fields(text) == [])
    }

    @Test("trims white space around a value")
    func whiteSpace() throws {
        #expect(try fields("S\r\nA:\t 1 2 \t\r\nB:\r\nC:   \r\nD:4") == ["A=1 2", "B=", "C=", "D=4"])
    }

    @Test("may end its lines with only a line feed")
    func lineFeeds() throws {
        #expect(try fields("S\nA: 1\nB: 2\n\n") == ["A=1", "B=2"])
    }

    @Test("skips lines that are not fields")
    func invalidLines() throws {
        #expect(try fields("S\r\nno colon\r\n: nameless\r\nA B: 1\r\nÄ: 2\r\nA : 3\r\nC: 4\r\n\r\n") == ["C=4"])
    }

    @Test("joins a value that is continued on the next line")
    func continuation() throws {
        #expect(try fields("S\r\nA: 1\r\n  2\r\n\t3\r\nB: 4\r\n\r\n") == ["A=1    2  \t3", "B=4"])
    }

    @Test("refuses a NUL and a bare carriage return in a value")
    func controlCharacters() throws {
        #expect(try fields("S\r\nA: 1\u{0}2\rB: 3\r\n\r\n") == ["A=1 2 B: 3"])
    }

    @Test("keeps bytes that are not UTF-8")
    func otherEncodings() throws {
        let fields = try #require(HTTPFields(head: Array("S\r\nA: ".utf8) + [0xE4, 0x0D, 0x0A]))
        let bytes = fields.first?.withUnsafeBytesOfValue { Array($0) }
        #expect(bytes == [0xE4])
    }

    @Test("has a limit on the number of its fields", arguments: [0, 1])
    func count(excess: Int) {
        let field = Array("a:\r\n".utf8)
        let section = Array("S\r\n".utf8) + (0..<HTTPFields.maximumCount + excess).flatMap { _ in field }
        #expect((HTTPFields(head: section) == nil) == (excess > 0))
        #expect(HTTPFields.mayRead(head: section) == (excess == 0))
    }

    @Test("does not count lines that are not fields")
    func linesWithoutFields() {
        let section = Array("S\r\n".utf8) + (0..<2 * HTTPFields.maximumCount).flatMap { _ in Array("a\r\n".utf8) }
        #expect(HTTPFields.mayRead(head: section))
    }
}
