import Testing

@testable import BrokerTesting

@Suite("The settings of a fixture")
struct SettingsTextTests {
    private static let text = """
        tenant: acme
        # A remark.
        secret: { env: SECRET }

        display:
            locale: "de"
            colors:
                - red
        """

    private func changed(_ path: SettingKeys, to value: String?) throws -> String {
        try SettingsText(Self.text).with(value, at: path).text
    }

    @Test("keep unchanged parts")
    func unchanged() throws {
        #expect(
            try changed(["tenant"], to: "other") == """
                secret: { env: SECRET }
                display: 
                    locale: "de"
                    colors:
                        - red
                tenant: other
                """)
    }

    @Test("lose a setting, at any depth")
    func removed() throws {
        #expect(try !changed(["secret"], to: nil).contains("secret"))
        let inner = try SettingsText(changed(["display", "locale"], to: nil))
        #expect(try !inner.contains(["display", "locale"]))
        #expect(try inner.contains(["display", "colors"]))
        #expect(try inner.contains(["tenant"]))
    }

    @Test("are an empty mapping once the last one is removed")
    func emptied() throws {
        #expect(try SettingsText("a: 1").with(nil, at: ["a"]).text == "{}")
        #expect(try SettingsText("a:\n  b: 1").with(nil, at: ["a", "b"]).text == "a: {}")
    }

    @Test("gain a setting, with its enclosing mappings")
    func added() throws {
        #expect(try SettingsText("a: 1").with("2", at: ["b", "c", "d"]).text == "a: 1\nb: \n  c: \n    d: 2")
        #expect(try SettingsText("a: {}").with("2", at: ["a", "b"]).text == "a: \n  b: 2")
    }

    @Test("list values by path, without quotes")
    func values() throws {
        let text = try SettingsText(Self.text)
        #expect(try text.value(at: ["tenant"]) == "acme")
        #expect(try text.value(at: ["display", "locale"]) == "de")
        #expect(try text.value(at: ["display", "size"]) == nil)
        #expect(try text.contains(["display", "locale"]))
        #expect(try !text.contains(["locale"]))
    }

    @Test("must be a mapping in block style", arguments: ["just a text", "a: 1\n just a text\nb", "- a\n- b"])
    func refused(text: String) {
        #expect(throws: Observation.self) { try SettingsText(text) }
    }

    @Test("must have a changed object's settings on separate lines")
    func flowMapping() throws {
        let text = try SettingsText("a: { b: 1 }")
        #expect(throws: Observation.self) { try text.with("2", at: ["a", "b"]) }
    }
}
