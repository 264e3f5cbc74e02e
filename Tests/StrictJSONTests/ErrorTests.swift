import Foundation
import StrictJSON
import Testing

@Suite("Errors")
struct ErrorTests {
    private static let canary = "canary"

    /// One document for every code, each with the canary around the fault.
    private static let refused: [(JSONError.Code, String)] = [
        (.documentTooLarge, #""\#(canary)\#(String(repeating: canary, count: 100))""#),
        (.nestingTooDeep, #"{"canary":[[[["canary"]]]]}"#),
        (.unexpectedEnd, #"{"canary":"canary"#),
        (.unexpectedByte, #"{"canary":canary}"#),
        (.trailingContent, #""canary" "canary""#),
        (.invalidNumber, #"{"canary":0123456789}"#),
        (.invalidEscape, #"{"canary":"canary\x"}"#),
        (.loneSurrogate, #"{"canary":"canary\uD834"}"#),
        (.controlCharacter, "{\"canary\":\"canary\n\"}"),
        (.duplicateName, #"{"canary":"canary","canary":"canary"}"#),
    ]

    private let reader = JSONReader(limits: .init(maximumBytes: 500, maximumDepth: 4))

    @Test("never contain a piece of the document", arguments: refused)
    func noContent(_ code: JSONError.Code, _ document: String) throws {
        try expectSilence(try #require(reader.refusal(of: document)), code)
    }

    @Test("never contain a piece of a document that is not text")
    func noContentOfBinary() throws {
        let document = Array(#"{"canary":"canary"#.utf8) + [0xFF] + Array(#"canary"}"#.utf8)
        try expectSilence(try #require(reader.refusal(of: document)), .invalidUTF8)
    }

    @Test("never contain a piece of a document with a byte order mark that is not allowed")
    func noContentBehindByteOrderMark() throws {
        let reader = JSONReader(allowsByteOrderMark: false)
        try expectSilence(try #require(reader.refusal(of: "\u{FEFF}\"canary\"")), .byteOrderMark)
    }

    private func expectSilence(_ error: JSONError, _ code: JSONError.Code) throws {
        #expect(error.code == code)
        var shown = "\(error) \(String(reflecting: error)) \(error.localizedDescription) \(error.code)"
        dump(error, to: &shown)
        #expect(!shown.contains(Self.canary))
        #expect(!shown.contains("123456789"))
    }

    @Test(
        "name the byte offset",
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[1 2]", .unexpectedByte, 3),
            ("[1,]", .unexpectedByte, 3),
            ("{1:2}", .unexpectedByte, 1), (#"{"é" 1}"#, .unexpectedByte, 6), (#"{"a":1,}"#, .unexpectedByte, 7),
            ("[1}", .unexpectedByte, 2), (#"{"a":1]"#, .unexpectedByte, 6), ("nul", .unexpectedEnd, 3),
            ("nuLl", .unexpectedByte, 2), ("truex", .trailingContent, 4), ("{} []", .trailingContent, 3),
            (" \u{FEFF}{}", .unexpectedByte, 1), ("\u{FEFF}\u{FEFF}{}", .unexpectedByte, 3),
            ("\u{FEFF}", .unexpectedEnd, 3), ("\u{FEFF}{", .unexpectedEnd, 4),
        ] as [(String, JSONError.Code, Int)])
    func offset(_ document: String, _ code: JSONError.Code, _ offset: Int) {
        let error = reader.refusal(of: document)
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test("have a sentence for people and a name for programs")
    func descriptions() throws {
        let error = try #require(reader.refusal(of: #"{"a":1,"a":2}"#))
        #expect("\(error)" == "JSON refused at byte 7: a member name occurs twice in one object")
        #expect("\(error.code)" == "duplicate_name")
    }
}
