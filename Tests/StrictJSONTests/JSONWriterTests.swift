import StrictJSON
import Testing

@Suite("The writer")
struct JSONWriterTests {
    private func text(_ value: (inout JSONWriter) -> Void) -> String {
        String(decoding: JSONWriter.text(of: value), as: UTF8.self)
    }

    @Test(
        "escapes what RFC 8259 §7 requires, and nothing else",
        arguments: [
            ("", #""""#), ("\"\\", #""\"\\""#), ("/", #""/""#), ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
            ("\0\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
            ("\u{7F}\u{80}\u{2028}", "\"\u{7F}\u{80}\u{2028}\""),
            ("微信 é e\u{301}", "\"微信 é e\u{301}\""), ("\u{1D11E}😀\u{10FFFF}", "\"\u{1D11E}😀\u{10FFFF}\""),
            ("\u{FFFF}\u{D7FF}\u{E000}", "\"\u{FFFF}\u{D7FF}\u{E000}\""), (#"\ud834"#, #""\\ud834""#),
        ])
    func strings(_ string: String, _ expected: String) throws {
        let written = text { $0.write(string) }
        #expect(Array(written.utf8) == Array(expected.utf8))
        let read = try #require(try JSONReader().read(written.utf8).string)
        #expect(Array(read.utf8) == Array(string.utf8))
    }

    @Test("writes each control character so that it can be read back", arguments: 0..<0x20 as Range<UInt8>)
    func controlCharacters(_ control: UInt8) throws {
        let string = "a\(Character(Unicode.Scalar(control)))b"
        let written = JSONWriter.text { $0.write(string) }
        #expect(written.allSatisfy { $0 >= 0x20 })
        #expect(try JSONReader().read(written).string == string)
    }

    @Test("writes integers with all digits, to the ends of their ranges")
    func integers() throws {
        #expect(text { $0.write(integer: 0) } == "0")
        #expect(text { $0.write(integer: Int64.min) } == "-9223372036854775808")
        #expect(text { $0.write(integer: Int64.max) } == "9223372036854775807")
        #expect(text { $0.write(integer: UInt64.max) } == "18446744073709551615")
        #expect(text { $0.write(integer: UInt8.max) } == "255")
    }

    @Test(
        "writes numbers that survive a round trip",
        arguments: [
            0, -0.0, 1, -1, 0.1, 1.5, 100, 1e15, 1e16, 1e21, 1e-7, -2.5e-3, 9_007_199_254_740_992,
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude, .pi,
        ] as [Double])
    func numbers(_ number: Double) throws {
        let read = try #require(try JSONReader().read(JSONWriter.text { $0.write(number) }).double)
        #expect(read.bitPattern == number.bitPattern)
    }

    @Test("writes whole numbers without a fraction, and null for what JSON cannot represent")
    func specialNumbers() {
        #expect(text { $0.write(1.0) } == "1")
        #expect(text { $0.write(-0.0) } == "-0")
        for number in [Double.infinity, -.infinity, .nan, .signalingNaN] {
            #expect(text { $0.write(number) } == "null")
        }
    }

    @Test("writes literals")
    func literals() {
        #expect(text { $0.writeNull() } == "null")
        #expect(text { $0.write(true) } == "true")
        #expect(text { $0.write(false) } == "false")
    }

    @Test("writes arrays and objects of anything, and members in the order of their names")
    func containers() {
        #expect(text { $0.write([String]()) } == "[]")
        #expect(text { $0.write([String: String]()) } == "{}")
        #expect(text { $0.write(["b", "a"]) } == #"["b","a"]"#)
        #expect(text { $0.write(["b": "1", "a": "\n", "": "\""]) } == #"{"":"\"","a":"\n","b":"1"}"#)
        let nested = text { writer in
            writer.writeObject(["k\"": [[1, 2], []], "a": [[3]]]) { writer, lists in
                writer.writeArray(lists) { writer, numbers in
                    writer.writeArray(numbers) { $0.write(integer: $1) }
                }
            }
        }
        #expect(nested == #"{"a":[[3]],"k\"":[[1,2],[]]}"#)
    }

    @Test("nests as deep as configured")
    func depth() throws {
        func write(_ depth: Int, to writer: inout JSONWriter) {
            writer.writeArray(depth > 1 ? [depth - 1] : []) { write($1, to: &$0) }
        }
        let written = JSONWriter.text { write(100, to: &$0) }
        let expected = ["[", "]"].map { String(repeating: $0, count: 100) }.joined()
        #expect(String(decoding: written, as: UTF8.self) == expected)
    }

    @Test("writes no name twice: two spellings of one character are one name to Swift")
    func names() {
        let members = Dictionary([("\u{E9}", "1"), ("e\u{301}", "2")]) { first, _ in first }
        #expect(text { $0.write(members) } == "{\"\u{E9}\":\"1\"}")
    }

    @Test("traps rather than write invalid JSON")
    func misuse() async {
        await #expect(processExitsWith: .failure) { _ = JSONWriter.text { _ in } }
        await #expect(processExitsWith: .failure) {
            _ = JSONWriter.text { writer in
                writer.write(true)
                writer.write("second")
            }
        }
        await #expect(processExitsWith: .failure) { _ = JSONWriter.text { $0.writeArray([1]) { _, _ in } } }
        await #expect(processExitsWith: .failure) {
            _ = JSONWriter.text { writer in
                writer.writeObject(["a": 1]) { writer, number in
                    writer.write(integer: number)
                    writer.writeNull()
                }
            }
        }
    }
}
