import Foundation
import IdentityBroker
import StrictJSON
import Testing

@Suite("Attributes")
struct AttributeTests {
    struct Row: Sendable {
        let member: String
        let value: JSON
        let name: String
        let expected: JSONValue?

        init(_ member: String, _ value: JSON, _ name: String, _ expected: JSONValue?) {
            (self.member, self.value, self.name, self.expected) = (member, value, name, expected)
        }
    }

    static let rows: [Row] = [
        Row("signedUp", "2020-02-27T05:30:55.875Z", "signed_up", "2020-02-27T05:30:55.875Z"),
        Row("createdAt", "2020-02-27T13:30:55+08:00", "signed_up", "2020-02-27T05:30:55.000Z"),
        Row("signedUp", "yesterday", "signed_up", nil),
        Row("signedUp", 1_582_781_600, "signed_up", nil),
        Row("lastLogin", "2020-02-27T05:33:20.796Z", "last_login", "2020-02-27T05:33:20.796Z"),
        Row("loginsCount", 2, "logins_count", 2),
        Row("loginsCount", "2", "logins_count", 2),
        Row("loginsCount", 2.5, "logins_count", nil),
        Row("loginsCount", "two", "logins_count", nil),
        Row("loginsCount", .null, "logins_count", nil),
        Row("registerMethod", "oauth:app2wxapp", "register_method", "oauth:app2wxapp"),
        Row("registerMethod", "", "register_method", nil),
        Row("company", "Acme", "company", "Acme"),
        Row("company", "Ac\u{0}me\u{202E}", "company", "Acme"),
        Row("company", "", "company", nil),
        Row("lastIP", "::ffff:192.168.0.106", "last_ip", nil),
    ]

    @Test("are what GenAuth knows about the account, if readable", arguments: rows)
    func attribute(row: Row) async throws {
        let identity = try await Scenario(record: [row.member: row.value]).identity()
        #expect(identity.attributes == (row.expected.map { [row.name: $0] } ?? [:]))
        #expect(identity.notices.isEmpty)
    }

    @Test(
        "omit empty metadata, however it is spelled",
        arguments: ["", " ", "\"\"", "{}", "null", "[]", .null, [:], []] as [JSON]
    )
    func emptyMetadata(metadata: JSON) async throws {
        let identity = try await Scenario(record: ["metadata": metadata]).identity()
        #expect(identity.attributes.isEmpty)
        #expect(identity.notices.isEmpty)
    }

    @Test("contain metadata as JSON or as text, without its secrets")
    func metadata() async throws {
        let metadata: JSON = [
            "plan": "gold", "seats": 3, "ratio": 0.5, "on": true, "api": ["access_token": "x"], "none": .null,
        ]
        let expected: JSONValue = [
            "plan": "gold", "seats": 3, "ratio": 0.5, "on": true, "api": [:], "none": .null,
        ]
        for value in [metadata, try metadata.embedded] {
            #expect(try await Scenario(record: ["metadata": value]).identity().attributes["metadata"] == expected)
        }
    }

    @Test("contain metadata that is not JSON as text, with a notice")
    func unreadableMetadata() async throws {
        let identity = try await Scenario(record: ["metadata": "{plan: gold"]).identity()
        #expect(identity.attributes["metadata"] == "{plan: gold")
        #expect(identity.notices.map(\.rawValue) == ["metadata_unreadable"])
    }

    @Test("are not claims, except updatedAt")
    func updatedAt() async throws {
        let identity = try await Scenario(
            record: ["updatedAt": "2020-02-27T05:33:20.796Z", "lastLogin": "2021-02-27T05:33:20.796Z"]
        ).identity()
        #expect(identity.claims.updatedAt?.timeIntervalSince1970 == 1_582_781_600.796)
    }
}
