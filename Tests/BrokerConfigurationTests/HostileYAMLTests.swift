import Testing

@testable import BrokerConfiguration

@Suite("Hostile YAML", .timeLimit(.minutes(15)))
struct HostileYAMLTests {
    private func refusal(of bytes: [UInt8]) throws -> SourceFault {
        try #require(throws: SourceFault.self) { try YAMLReader(bytes).read() }
    }

    private func refusal(of text: String) throws -> SourceFault {
        try refusal(of: Array(text.utf8))
    }

    @Test(
        "Endlessly nested nodes are refused before the stack overflows",
        arguments: ["[", "- ", "{a: ", "? ", "[[{a: "],
        [33, 999, 1001, 10_000]
    )
    func nesting(opening: String, depth: Int) throws {
        _ = try refusal(of: String(repeating: opening, count: depth) + "x")
    }

    @Test("Mappings nested by indentation are refused before the stack overflows", arguments: [33, 999, 1001])
    func indentation(depth: Int) throws {
        let lines = (0..<depth).map { String(repeating: " ", count: $0) + "a:\n" }
        _ = try refusal(of: lines.joined())
    }

    @Test("The deepest nesting allowed is accepted, and one level more is refused with its position")
    func depthBound() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth - 1) + "x" + String(repeating: "]", count: depth - 1)
        }
        let depth = YAMLReader.maximumDepth
        #expect(throws: Never.self) { try YAMLReader(Array(nested(depth).utf8)).read() }
        let fault = try refusal(of: nested(depth + 1))
        #expect(fault.position == SourcePosition(line: 1, column: depth + 1))
        #expect(fault.message == "This is nested more than 32 levels deep.")
    }

    @Test("Billion laughs are refused at the first anchor", arguments: ["lol0: &l0 x", "&l0 lol0: x"])
    func billionLaughs(first: String) throws {
        let lines = (1...30).map { level in
            let aliases = Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
            return "lol\(level): &l\(level) [\(aliases)]"
        }
        let fault = try refusal(of: ([first] + lines + ["? *l30", ": x"]).joined(separator: "\n"))
        #expect(fault.kind == .refusedSyntax)
        #expect(fault.position?.line == 1)
    }

    @Test("Aliases hidden by what is invalid only in the masked copy are never followed")
    func hiddenAliases() throws {
        let lines = (1...30).map { level in
            "lol\(level): &l\(level) {? [*l\(level - 1), *l\(level - 1)] : x}"
        }
        let decoy = "decoy: {'a&b': 1, 'a@b': 2}"
        _ = try refusal(of: ([decoy, "lol0: &l0 x"] + lines).joined(separator: "\n"))
    }

    @Test("A file of the maximum length is accepted, and one byte more is refused")
    func length() throws {
        let text = "a: " + String(repeating: "x", count: SourceText.maximumBytes - 3)
        #expect(throws: Never.self) { try YAMLReader(Array(text.utf8)).read() }
        let fault = try refusal(of: text + "x")
        #expect(fault.kind == .unreadable)
        #expect(fault.message == "The file is longer than 1 MiB. Is it the right one?")
    }

    @Test(
        "Bytes that are not UTF-8 are refused with their position",
        arguments: [[0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) throws {
        let fault = try refusal(of: Array("a: 1\né: ".utf8) + bytes + Array("\n".utf8))
        #expect(fault.kind == .malformed)
        #expect(fault.position == SourcePosition(line: 2, column: 4))
        #expect(fault.message == "This is not UTF-8 text. Save the file as UTF-8.")
    }

    @Test(
        "Positions count YAML's lines",
        arguments: ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}"], ["\u{FF}", "\u{1}"]
    )
    func lines(lineBreak: String, refused: Unicode.Scalar) throws {
        let end: [UInt8] = [UInt8(refused.value)]
        let fault = try refusal(of: Array("a: x\(lineBreak)b: ".utf8) + end)
        #expect(fault.position == SourcePosition(line: 2, column: 4))
    }

    @Test("UTF-16 is refused", arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
    func utf16(bytes: [UInt8]) throws {
        #expect(try refusal(of: bytes).position == .start)
    }

    @Test(
        "Control characters are refused with their position",
        arguments: ["\0", "\u{1}", "\u{8}", "\u{1B}", "\u{7F}", "\u{9B}"])
    func controls(character: String) throws {
        let fault = try refusal(of: "a: 1\nb: x\(character)y\n")
        #expect(fault.position == SourcePosition(line: 2, column: 5))
        #expect(fault.message == "The value contains a control character. Remove it.")
    }

    @Test("Problems of a file with only wrong keys are reported up to a limit")
    func manyProblems() throws {
        let lines = (0..<5000).map { "key\($0): x\n" }
        #expect(try problems(in: lines.joined()).count == Checker.mostProblems)
    }

    @Test(
        "A special byte inserted anywhere is accepted or refused, never worse",
        arguments: Array("\t\n\r \"#%&'*+,-.:<>?@[]{|}!~\\".utf8) + [0x00, 0x7F, 0x80, 0xC3, 0xEF, 0xFF]
    )
    func significantBytes(byte: UInt8) throws {
        let document = Array("version: 1\nproviders: {p: {type: rich, settings: {name: 'n', tags: [a]}}}\n".utf8)
        for offset in document.indices {
            var bytes = document
            bytes[offset] = byte
            _ = try problems(in: bytes)
        }
    }
}
