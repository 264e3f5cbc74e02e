import Testing

@testable import IdentityBroker

@Suite("Alternate identifiers as a store keeps them")
struct AlternateIdentifierListTests {
    @Test(
        "are returned byte for byte, and absent stays distinct from empty",
        arguments: [
            "", "plain", "caf\u{E9}", "cafe\u{301}", "a\u{0}b", "\"quoted\" \\ / \n", "微信", "\u{10FFFD}\u{FEFF}",
        ]
    )
    func texts(_ text: String) throws {
        let identifiers = [
            AlternateIdentifier(type: text, scope: text, value: text),
            AlternateIdentifier(type: "", scope: "", value: text),
            AlternateIdentifier(type: "openid", scope: nil, value: text),
        ]
        let written = AlternateIdentifierList(identifiers).text
        let read = try #require(AlternateIdentifierList(text: written)).identifiers
        #expect(read.map(\.scope) == identifiers.map(\.scope))
        #expect(read.map { Array($0.value.utf8) } == identifiers.map { Array($0.value.utf8) })
        #expect(!written.utf8.contains(0))
    }

    @Test(
        "are absent if someone else wrote them",
        arguments: [
            "", "{}", "[1]", #"[{"type":"x"}]"#, "[", "null", #"[{"type":"x","value":1}]"#,
            #"[{"scope":1,"type":"x","value":"y"}]"#,
        ])
    func strange(_ text: String) {
        #expect(AlternateIdentifierList(text: text) == nil)
    }

    @Test("are written and read as they always were")
    func stored() throws {
        let text = #"[{"scope":"s/1","type":"t","value":"v\n"},{"type":"t","value":"微信"}]"#
        #expect(try #require(AlternateIdentifierList(text: text)).text == text)
        let null = #"[{"type":"t","scope":null,"value":"v\/","more":[]}]"#
        let identifier = AlternateIdentifier(type: "t", value: "v/")
        #expect(try #require(AlternateIdentifierList(text: null)).identifiers == [identifier])
    }

    @Test("are an empty array if there are none")
    func none() throws {
        #expect(AlternateIdentifierList([]).text == "[]")
        #expect(try #require(AlternateIdentifierList(text: "[]")).identifiers.isEmpty)
    }
}
