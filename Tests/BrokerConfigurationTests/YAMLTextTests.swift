import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerConfiguration

@Suite("Data written as YAML")
struct YAMLTextTests {
    private static let object: JSONObject = [
        "list": ["a", "b c", "/d"], "none": [], "empty": [:], "flag": true, "number": 7, "text": "a: b",
        "conditions": [["at": "/verified"], ["at": "/state", "is": "on"]],
        "object": ["b": "1", "a": ["deep": "x"]],
    ]

    @Test("has the order of what describes it, and everything else after that")
    func order() {
        let settings: [Setting] = [
            .optional("text", .text, ""), .optional("absent", .text, ""),
            .optional("object", .object([.optional("b", .text, ""), .optional("a", .mapping(.text), "")]), ""),
        ]
        #expect(
            YAMLText(Self.object, in: settings).text == """
                text: "a: b"
                object:
                  b: "1"
                  a:
                    deep: x
                conditions: [{ at: /verified }, { at: /state, is: "on" }]
                empty: {  }
                flag: true
                list: [a, b c, /d]
                none: []
                number: 7

                """)
    }

    @Test("is read back as the same data")
    func roundTrip() throws {
        let root = try YAMLReader(Array(YAMLText(Self.object).text.utf8)).read()
        #expect(Self.value(root) == .object(Self.object))
    }

    private static func value(_ node: SourceNode) -> JSONValue {
        switch node.content {
        case .scalar("true", isPlain: true): true
        case .scalar("7", isPlain: true): 7
        case .scalar(let text, _): .string(text)
        case .list(let elements): .array(elements.map(value))
        case .mapping(let members): .object(JSONObject(members.map { ($0.key, value($0.value)) }))
        }
    }
}
