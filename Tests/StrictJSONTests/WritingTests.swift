import Foundation
import StrictJSON
import Testing

@Suite("A value written as JSON")
struct WritingTests {
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
        let written = JSONValue.string(string).json
        #expect(Array(written.utf8) == Array(expected.utf8))
        let read = try #require(try JSONReader().read(written.utf8).string)
        #expect(Array(read.utf8) == Array(string.utf8))
        let name = JSONObject([string: "x"]).json
        #expect(Array(name.utf8) == Array("{\(expected):\"x\"}".utf8))
    }

    @Test("escapes each control character so that it can be read back", arguments: 0..<0x20 as Range<UInt8>)
    func controlCharacters(_ control: UInt8) throws {
        let string = "a\(Character(Unicode.Scalar(control)))b"
        let written = JSONValue.string(string).json
        #expect(written.utf8.allSatisfy { $0 >= 0x20 })
        #expect(try JSONReader().read(written.utf8).string == string)
    }

    @Test("has integers with all digits, to the ends of their ranges")
    func integers() {
        #expect(JSONValue.integer(0).json == "0")
        #expect(JSONValue.integer(Int64.min).json == "-9223372036854775808")
        #expect(JSONValue.integer(Int64.max).json == "9223372036854775807")
        #expect(JSONValue.integer(UInt64.max).json == "18446744073709551615")
        #expect(JSONValue.integer(UInt8.max).json == "255")
    }

    @Test(
        "has numbers that survive a round trip",
        arguments: [
            0, -0.0, 1, -1, 0.1, 1.5, 100, 1e15, 1e16, 1e21, 1e-7, -2.5e-3, 9_007_199_254_740_992,
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude, .pi,
        ] as [Double])
    func numbers(_ number: Double) throws {
        let read = try #require(try JSONReader().read(JSONValue.double(number).json.utf8).double)
        #expect(read.bitPattern == number.bitPattern)
    }

    @Test("has whole numbers without a fraction, and null for what JSON cannot represent")
    func specialNumbers() {
        #expect(JSONValue.double(1.0).json == "1")
        #expect(JSONValue.double(-0.0).json == "-0")
        for number in [Double.infinity, -.infinity, .nan, .signalingNaN] {
            #expect(JSONNumber(number) == nil)
            #expect(JSONValue.double(number).json == "null")
        }
    }

    @Test(
        "has the digits of a number that was read",
        arguments: ["-0", "1E+02", "0.10", "20000000000000000000", "1e999"])
    func digits(_ literal: String) throws {
        #expect(try JSONReader().read(literal.utf8).json == literal)
    }

    @Test("has its members sorted by name, in whatever order they were read or made")
    func order() throws {
        #expect(JSONValue.array([]).json == "[]")
        #expect(JSONObject().json == "{}")
        #expect(JSONValue.strings(["b", "a"]).json == #"["b","a"]"#)
        let expected =
            #"{"":0,"B":1,"a":2,"a\"":3,"ab":4,"e\#u{301}":5,"\#u{E9}":6,"\#u{FFFF}":7,"😀":8}"#
        let object: JSONObject = [
            "😀": 8, "\u{FFFF}": 7, "e\u{301}": 5, "ab": 4, "\u{E9}": 6, "a\"": 3, "B": 1, "a": 2, "": 0,
        ]
        #expect(Array(object.json.utf8) == Array(expected.utf8))
        #expect(try JSONReader().read(#"{"b":{"d":1,"c":2},"a":3}"#.utf8).json == #"{"a":3,"b":{"c":2,"d":1}}"#)
    }

    @Test("nests as deeply as a document may, and deeper if a program makes it so")
    func depth() throws {
        let brackets = ["[", "]"].map { String(repeating: $0, count: 128) }.joined()
        let read = try JSONReader(limits: .init(maximumDepth: 128)).read(brackets.utf8)
        #expect(read.json == brackets)
        let deeper = (0..<128).reduce(read) { value, _ in ["a": value] }
        let opening = String(repeating: #"{"a":"#, count: 128)
        #expect(deeper.json == opening + brackets + String(repeating: "}", count: 128))
    }

    @Test("is indented for people")
    func indented() {
        let value: JSONValue = ["b": [1, ["c": .null], []], "a": [:]]
        let expected = """
            {
              "a" : {

              },
              "b" : [
                1,
                {
                  "c" : null
                },
                [

                ]
              ]
            }
            """
        #expect(value.indentedJSON == expected)
        #expect(JSONValue.null.indentedJSON == "null")
    }

    @Test(
        "equals what Foundation's encoder writes",
        arguments: [
            .null, true, false, 0, .integer(Int64.min), .integer(Int64.max), .integer(UInt64.max),
            .double(0), .double(-0.0), 1, 0.1, 1e21, 1e-7, -123.456,
            .double(.greatestFiniteMagnitude), .double(.leastNonzeroMagnitude), 788_918_400.123_456_7,
            .double(.infinity), .double(.nan),
            "", "plain", "café", "cafe\u{301}", "微信 🙂", "a/b", "\"quoted\" \\ \u{7F}\u{80}\u{2028}\u{FEFF}\u{10FFFD}",
            [], [[], .null, "x"], [:], ["": .null], ["b": 2, "a": ["d": [], "c": ""]],
            ["a\"b": "1", "a": "2", "ab": "3", "B": "4", "_": "5", "\n": "6"],
        ] as [JSONValue]
    )
    func agreement(_ value: JSONValue) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(try value.json == String(decoding: encoder.encode(value), as: UTF8.self))
        encoder.outputFormatting.insert(.prettyPrinted)
        #expect(try value.indentedJSON == String(decoding: encoder.encode(value), as: UTF8.self))
    }

    @Test(
        "is encoded by its value, and as text if encoders have no number for it",
        arguments: [
            ("1.0", "1"), ("1e2", "100"), ("-0", "-0"), ("-0.0", "-0"),
            ("18446744073709551615", "18446744073709551615"), ("18446744073709551616", "18446744073709552000"),
            ("1e400", #""1e400""#),
        ])
    func encoding(_ literal: String, _ expected: String) throws {
        let value = try JSONReader().read(literal.utf8)
        let encoded = try String(decoding: JSONEncoder().encode(value), as: UTF8.self)
        #expect(encoded == expected || Double(encoded) == Double(expected))
        #expect(encoded.hasPrefix("\"") == expected.hasPrefix("\""))
    }
}
