import Testing

@testable import IdentityBroker

@Suite("A form", .timeLimit(.minutes(15)))
struct FormParametersTests {
    @Test(
        "has names and values, decoded",
        arguments: [
            ("a=1&b=2", ["a": "1", "b": "2"]), ("a", ["a": ""]), ("a=", ["a": ""]), ("=1", ["": "1"]), ("", [:]),
            ("&&a=1&", ["a": "1"]), ("a=b=c", ["a": "b=c"]), ("a+b=c%20d", ["a b": "c d"]), ("a=%26", ["a": "&"]),
            // Marks that Swift joins to the character before them.
            ("a=1&\u{301}b=2", ["a": "1", "\u{301}b": "2"]), ("a=\u{301}1", ["a": "\u{301}1"]),
            ("a=1\u{301}&b=2", ["a": "1\u{301}", "b": "2"]), ("a=1\r&\nb=2", ["a": "1\r", "\nb": "2"]),
        ] as [(String, [String: String])])
    func values(_ text: String, _ values: [String: String]) throws {
        let parameters = try #require(FormParameters(text[...]))
        #expect(try parameters.byName() == values)
    }

    @Test("is refused where it is not encoded as a form", arguments: ["a=%", "a=%1", "a=%zz", "%ff=1", "a=%C0%80"])
    func badEncodings(_ text: String) {
        #expect(FormParameters(text[...]) == nil)
    }

    @Test("has each parameter once", arguments: ["a=1&a=1", "a=1&%61=2", "a&a"])
    func repetitions(_ text: String) throws {
        let parameters = try #require(FormParameters(text[...]))
        #expect(throws: FormParameters.Repeated.self) { try parameters.byName() }
    }
}
