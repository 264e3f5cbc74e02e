import Foundation
import Testing

@testable import IdentityBroker

@Suite("A value written as JSON")
struct AttributeValueJSONTests {
    @Test(
        "is what the standard library's encoder writes",
        arguments: [
            .null, .boolean(true), .boolean(false), .integer(0), .integer(.min), .integer(.max),
            .number(0), .number(-0.0), .number(1), .number(0.1), .number(1e21), .number(1e-7), .number(-123.456),
            .number(.greatestFiniteMagnitude), .number(.leastNonzeroMagnitude), .number(788_918_400.123_456_7),
            .number(.infinity), .number(.nan),
            "", "plain", "café", "cafe\u{301}", "微信 🙂", "a/b", "\"quoted\" \\ \u{7F}\u{80}\u{2028}\u{FEFF}\u{10FFFD}",
            .array([]), .array([.array([]), .null, "x"]),
            .object([:]), .object(["": .null]), .object(["b": .integer(2), "a": .object(["d": .array([]), "c": ""])]),
            .object(["a\"b": "1", "a": "2", "ab": "3", "B": "4", "_": "5", "\n": "6"]),
        ] as [AttributeValue]
    )
    func agreement(_ value: AttributeValue) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(try value.json == String(decoding: encoder.encode(value), as: UTF8.self))
    }

    @Test("escapes every control character, and nothing else needlessly", arguments: 0..<0x80)
    func escapes(_ code: Int) throws {
        let text = String(try #require(Unicode.Scalar(code)))
        let written = AttributeValue.string(text).json
        #expect(try JSONDecoder().decode(String.self, from: Data(written.utf8)) == text)
        #expect(written.utf8.allSatisfy { $0 >= 0x20 })
        #expect((written.utf8.count > text.utf8.count + 2) == (code < 0x20 || text == "\"" || text == "\\"))
    }
}
