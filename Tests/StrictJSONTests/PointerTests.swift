import StrictJSON
import Testing

@Suite("A JSON Pointer")
struct PointerTests {
    /// The document of RFC 6901 §5.
    private static func document() throws -> JSONValue {
        try JSONReader().read(
            Array(
                #"""
                {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7,
                "m~n": 8}
                """#.utf8))
    }

    @Test(
        "finds what RFC 6901 §5 says",
        arguments: [
            ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
            ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
        ] as [(String, JSONValue)])
    func examples(text: String, value: JSONValue) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(try pointer.value(in: Self.document()) == value)
        #expect(pointer.text == text && "\(pointer)" == text)
    }

    @Test("that is empty is the whole document")
    func whole() throws {
        #expect(try JSONPointer("")?.value(in: Self.document()) == Self.document())
    }

    @Test(
        "finds nothing where there is nothing",
        arguments: [
            "/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/ 0", "/foo/0/0", "/foo/",
            "/foo/99999999999999999999", "/foo/0x1", "/foo/\u{661}", "//0", "/m~01n",
        ])
    func absent(text: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(try pointer.value(in: Self.document()) == nil)
    }

    @Test("unescapes ~1 before it could become part of ~0")
    func order() {
        #expect(JSONPointer("/~01")?.value(in: ["~1": true, "/": false]) == true)
    }

    @Test("matches names by their scalars")
    func normalization() {
        #expect(JSONPointer("/\u{E9}")?.value(in: ["e\u{301}": 1]) == nil)
    }

    @Test("of another form is refused", arguments: ["foo", "foo/bar", "#/foo", "/~", "/a~", "/~2", "/a~/b", " /a"])
    func malformed(text: String) {
        #expect(JSONPointer(text) == nil)
    }
}
