import StrictJSON
import Testing

@Suite("Strings")
struct StringTests {
    private let reader = JSONReader()
    private let tolerant = JSONReader(allowsRawControlCharactersInStrings: true)

    @Test(
        "are decoded",
        arguments: [
            (#""""#, ""),
            (#""plain""#, "plain"),
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
            (#""\u0041\u00e9\u00E9\u4F60\uFFFF""#, "Aéé你\u{FFFF}"),
            (#""a\u0062c""#, "abc"),
            (#""\uD834\uDD1E""#, "\u{1D11E}"),
            (#""\ud800\udc00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
            (#""\u0000""#, "\0"),
            (#""微信用户 😀""#, "微信用户 😀"),
            (#""before 你 \n after 好""#, "before 你 \n after 好"),
            ("\"\u{7F}\u{2028}\u{E13C}\"", "\u{7F}\u{2028}\u{E13C}"),
        ])
    func decoded(_ document: String, _ expected: String) throws {
        let string = try #require(try reader.read(document.utf8).string)
        #expect(Array(string.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("are decoded whatever they contain", arguments: [#"\""#, #"\\"#, "é", "你", "😀", "\u{7F}", "!"])
    func everyPosition(_ written: String) throws {
        let read = written.hasPrefix(#"\"#) ? String(written.dropFirst()) : written
        for before in 0..<20 {
            for after in 0..<20 {
                let (head, tail) = (String(repeating: "a", count: before), String(repeating: "z", count: after))
                let value = try reader.read("[\"\(head)\(written)\(tail)\",\"\"]".utf8)
                #expect(value.array == [.string(head + read + tail), .string("")])
            }
        }
    }

    @Test("with a raw control character are refused there, wherever it is", arguments: 0..<0x20 as Range<UInt8>)
    func everyControlCharacter(_ control: UInt8) throws {
        for before in 0..<20 {
            let head = String(repeating: "a", count: before)
            let document = "\"\(head)\(Character(Unicode.Scalar(control)))zzzzzzzz\""
            let error = reader.refusal(of: document)
            #expect(error?.code == .controlCharacter)
            #expect(error?.offset == before + 1)
            #expect(try tolerant.read(document.utf8).string == String(document.dropFirst().dropLast()))
        }
    }

    @Test(
        "with half a surrogate pair are refused where the pair begins",
        arguments: [
            #""\uD834""#, #""\uDD1E""#, #""\uD834x""#, #""\uD834\n""#, #""\uD834\uD834""#, #""\uD834\u0041""#,
            #""\uDD1E\uD834""#, #""\uDD1E\uDD1E""#, #""\uDBFF\uE000""#,
        ])
    func loneSurrogate(_ document: String) {
        let error = reader.refusal(of: document)
        #expect(error?.code == .loneSurrogate)
        #expect(error?.offset == 1)
    }

    @Test(
        "with a malformed escape are refused where it begins",
        arguments: [
            #""\x41""#, #""\U0041""#, #""\'""#, #""\0""#, #""\u12""#, #""\u+123""#, #""\u 123""#, #""\u12G4""#,
            #""\uD834\u""#,
            #""\é""#,
        ])
    func invalidEscape(_ document: String) {
        let error = reader.refusal(of: document)
        #expect(error?.code == .invalidEscape)
        #expect(error?.offset == (document.hasPrefix(#""\uD834"#) ? 7 : 1))
    }

    @Test("keep a raw control character only if allowed", arguments: UInt8(0)..<0x20)
    func rawControlCharacter(_ character: UInt8) throws {
        let document = [UInt8(ascii: "\""), UInt8(ascii: "a"), character, UInt8(ascii: "b"), UInt8(ascii: "\"")]
        let error = reader.refusal(of: document)
        #expect(error?.code == .controlCharacter)
        #expect(error?.offset == 2)

        let string = try #require(try tolerant.read(document).string)
        #expect(Array(string.utf8) == [UInt8(ascii: "a"), character, UInt8(ascii: "b")])
    }

    @Test("keep raw control characters next to escapes and in names if allowed")
    func rawControlCharactersBesideEscapes() throws {
        let value = try tolerant.read("{\"a\u{14}\\n\":\"\\t\u{07}\\u0001\n\"}".utf8)
        #expect(value["a\u{14}\n"]?.string == "\t\u{07}\u{01}\n")
    }

    @Test("do not let a raw control character be escaped, even where it is allowed")
    func escapedControlCharacter() {
        #expect(tolerant.refusal(of: "\"\\\t\"")?.code == .invalidEscape)
    }

    @Test("do not make control characters white space if they are allowed")
    func controlCharactersOutsideStrings() {
        #expect(tolerant.refusal(of: "[\u{0C}1]")?.code == .unexpectedByte)
    }

    @Test("with escapes do not affect their neighbors")
    func neighbours() throws {
        let document = Array(#"{"\u00e9":"\ud834\udd1e \"q\"","plain":["\n","\/\/","x"],"a\tb":"","z":"\u0000"}"#.utf8)
        let copy = document
        let value = try reader.read(document)
        #expect(value.object?.map(\.name) == ["\u{E9}", "plain", "a\tb", "z"])
        #expect(value["\u{E9}"]?.string == "\u{1D11E} \"q\"")
        #expect(value["plain"]?.array?.map(\.string) == ["\n", "//", "x"])
        #expect(value["a\tb"]?.string == "")
        #expect(value["z"]?.string == "\0")
        #expect(document == copy)
    }
}
