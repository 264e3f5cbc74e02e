import Testing

@testable import BrokerConfiguration

@Suite("A text written as a YAML scalar")
struct YAMLScalarTests {
    @Test(
        "is read back as the same text, after a key and within brackets",
        arguments: [
            "", " ", "GenAuth", "GenAuth sandbox", "a: b", "a #b", "#", "- a", "a,b", "[a]", "{a: b}", "&a", "*a", "!a",
            "%a", "?", "@a", "`a`", "|", ">", "'a'", #""a""#, #"\"#, #"\n"#, "a\nb", "a\r\nb\t", " a ", "null", "~",
            "true",
            "no", "1.5", "0x1F", "2026-01-02", "https://localhost:8443/a?b=c#d", "/tmp/a b/ca.pem", "微信", "é",
            "e\u{301}",
            "/", "/a", "//", "👩‍🚀", "\u{2028}", "\u{202E}", "a\u{FEFF}", "\u{FFFF}", "\u{E0001}", "\u{1FFFE}",
        ])
    func roundTrip(_ text: String) throws {
        let yaml = "key: \(text.yamlScalar)\nlist: [\(text.yamlScalar)]\n"
        let root = try YAMLReader(Array(yaml.utf8)).read()
        let members = try #require(root.members)
        #expect(members.count == 2 && yaml.split(separator: "\n").count == 2)
        guard case .list(let elements) = members[1].value.content else {
            Issue.record("no list")
            return
        }
        // By bytes: strings are equal if they look the same.
        for value in [members[0].value] + elements {
            #expect(value.scalar.map { Array($0.utf8) } == Array(text.utf8))
            #expect(!value.isNothing)
        }
        #expect(elements.count == 1)
    }

    @Test("has quotes only where it needs them")
    func quotes() {
        #expect(
            ["wxapp", "GenAuth sandbox", "ca.pem", "/a/b"].map(\.yamlScalar) == [
                "wxapp", "GenAuth sandbox", "ca.pem", "/a/b",
            ])
        #expect(
            ["a: b", "null", "On", "5e4c", "a "].map(\.yamlScalar) == [
                #""a: b""#, #""null""#, #""On""#, #""5e4c""#, #""a ""#,
            ])
    }
}

extension SourceNode {
    fileprivate var scalar: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }
}
