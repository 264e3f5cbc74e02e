import Testing

@testable import BrokerConfiguration

@Suite("Reading YAML")
struct YAMLReaderTests {
    private func read(_ text: String) throws -> SourceNode {
        try YAMLReader(Array(text.utf8)).read()
    }

    private func refusal(of text: String) throws -> SourceFault {
        try #require(throws: SourceFault.self) { try read(text) }
    }

    @Test("Keys and values know their positions")
    func positions() throws {
        let root = try read("a: 1\nb:\n  é: [x, 'y', \"z\"]\n")
        #expect(root.position == SourcePosition(line: 1, column: 1))
        let nested = try #require(root.members?.last)
        #expect(nested.keyPosition == SourcePosition(line: 2, column: 1))
        #expect(nested.value.position == SourcePosition(line: 3, column: 3))
        let list = try #require(nested.value.member("é"))
        #expect(list.position == SourcePosition(line: 3, column: 6))
        guard case .list(let elements) = list.content else {
            Issue.record("no list")
            return
        }
        #expect(elements.map(\.position.column) == [7, 10, 15])
        #expect(elements.map(\.text) == ["x", "y", "z"])
    }

    @Test(
        "A scalar keeps its spelling, and whether it was quoted",
        arguments: [
            ("0123", "0123", true), ("'0123'", "0123", false), ("\"a\\tb\"", "a\tb", false), ("yes", "yes", true),
            ("123456789012345678901e12", "123456789012345678901e12", true), ("|\n  x\n  y\n", "x\ny\n", false),
            (">-\n  x\n  y", "x y", false), ("''", "", false), ("", "", true), ("1:30", "1:30", true),
            ("2020-01-01", "2020-01-01", true), ("R&D", "R&D", true), ("a *b !c %d", "a *b !c %d", true),
            ("'&a *b !c %d @e'", "&a *b !c %d @e", false), ("100%", "100%", true),
            ("https://a/?b&c=*", "https://a/?b&c=*", true), ("x # *y &z", "x", true),
        ]
    )
    func scalars(spelling: String, text: String, isPlain: Bool) throws {
        let value = try #require(try read("key: \(spelling)").member("key"))
        #expect(value.content == .scalar(text, isPlain: isPlain))
    }

    @Test(
        "Syntax that gives a line a hidden meaning is refused at its start",
        arguments: [
            ("a: &x 1\nb: *x", 1, 4, "anchors"), ("a: 1\nb: *x", 2, 4, "aliases"), ("a: !!str 1", 1, 4, "tags"),
            ("a: !!binary aGk=", 1, 4, "tags"), ("a: ! 12", 1, 4, "tags"), ("a: !<tag> x", 1, 4, "tags"),
            ("%YAML 1.2\n---\na: 1", 1, 1, "directives"), ("b: {c: &x {d: e}}\n<<: *x", 1, 8, "anchors"),
            ("# &x *y\na: 'b'\nc: [d, *y]", 3, 8, "aliases"), ("*x : 1", 1, 1, "aliases"), ("é: *x", 1, 4, "aliases"),
            ("a: 1\r\nb: *x", 2, 4, "aliases"), ("? [a]\n: b", 1, 1, "complex keys"), ("a: *", 1, 4, "aliases"),
        ]
    )
    func indicators(text: String, line: Int, column: Int, name: String) throws {
        let fault = try refusal(of: text)
        #expect(fault.kind == .refusedSyntax)
        #expect(fault.position == SourcePosition(line: line, column: column))
        #expect(fault.message == "Configuration does without YAML's \(name). Write it out, or quote it if it is text.")
    }

    @Test(
        "What is not YAML, or too much of it, is refused with its position",
        arguments: [
            (
                "a: 1\n\tb: 2", ConfigurationProblem.Kind.malformed, "2:1",
                "This is a tab. Indent YAML with spaces."
            ),
            ("a: x: y", .malformed, "1:5", "This is not valid YAML: mapping values are not allowed in this context."),
            (
                "a: \"x\nb: c\n", .malformed, "3:1",
                "This is not valid YAML: found unexpected end of stream, in what begins at 1:4."
            ),
            (
                "a: [1, 2\n", .malformed, "2:1",
                "This is not valid YAML: did not find expected ',' or ']', in what begins at 1:4."
            ),
            ("a: @x", .malformed, "1:4", "This is not valid YAML: found character that cannot start any token."),
            (
                "a: 1\nb: 2\na: 3\n", .duplicateKey, "1:1",
                "Duplicate key: it appears again further down in this mapping. Keep one of them."
            ),
            (
                "a: 1\n\"a\": 2\n", .duplicateKey, "1:1",
                "Duplicate key: it appears again further down in this mapping. Keep one of them."
            ),
            (
                "a: 1\n---\nb: 2\n", .refusedSyntax, "2:1",
                "Another document begins here. A configuration is a single one."
            ),
            ("[a]: b", .refusedSyntax, "1:1", "A key is a single word."),
        ]
    )
    func faults(text: String, kind: ConfigurationProblem.Kind, position: String, message: String) throws {
        let fault = try refusal(of: text)
        #expect(fault.kind == kind)
        #expect(fault.position?.description == position)
        #expect(fault.message == message)
    }

    @Test("Keys that differ only in a masked character are distinct")
    func maskedKeys() throws {
        #expect(try read("'a@b': 1\n'c&d': 2").members?.map(\.key) == ["a@b", "c&d"])
    }

    @Test("A byte order mark and any kind of line break are accepted")
    func lineBreaks() throws {
        #expect(try read("\u{FEFF}a: 1\r\nb: 2\r\n").members?.map(\.key) == ["a", "b"])
    }

    @Test("An empty file is not a configuration", arguments: ["", "\n\n", "# only a comment\n"])
    func empty(text: String) throws {
        let fault = try refusal(of: text)
        #expect(fault.message == "The configuration is empty. Begin it with 'version: 1'.")
    }
}
