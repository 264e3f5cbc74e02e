import BrokerConfiguration
import IdentityBroker
import StrictJSON
import Testing

@Suite("The attributes and rules of an instance")
struct IdentityPolicyTests {
    private static func yaml(_ members: String) -> String {
        "version: 1\nproviders:\n  p:\n    type: plain\n    \(members)"
    }

    private static func policy(_ members: String) throws -> IdentityPolicy {
        try #require(try Configuration(yaml(members))["p"]).identityPolicy
    }

    private static func pointer(_ text: String) throws -> JSONPointer { try #require(JSONPointer(text)) }

    @Test("are none by default")
    func none() throws {
        #expect(try Self.policy("enabled: true") == IdentityPolicy())
        #expect(try Self.policy("attributes: {}") == IdentityPolicy())
    }

    @Test("are read, and reach the instance")
    func read() throws {
        let members = """
            attributes: { groups: /groups, department_2: /profile/a~1b, all: "" }
                admit:
                  - { attribute: groups, contains: staff }
                  - { emailDomain: [Example.COM, example.org] }
                  - { claim: /hd, is: example.com }
                  - { claim: "", contains: 3 }
                  - { claim: /email_verified, is: true }
            """
        let expected = IdentityPolicy(
            attributes: [
                "groups": try Self.pointer("/groups"), "department_2": try Self.pointer("/profile/a~1b"),
                "all": try Self.pointer(""),
            ],
            admit: [
                .attribute("groups", .contains("staff")), .emailDomain(["example.com", "example.org"]),
                .claim(try Self.pointer("/hd"), .equals("example.com")), .claim(try Self.pointer(""), .contains("3")),
                .claim(try Self.pointer("/email_verified"), .equals("true")),
            ])
        #expect(try Self.policy(members) == expected)
        let instances = try Configuration(Self.yaml(members)).makeInstances()
        #expect(instances.map(\.identityPolicy) == [expected])
    }

    @Test(
        "that make no sense are refused, with their place",
        arguments: [
            ("attributes: [/groups]", "5:17: Expected a mapping, found a list."),
            (
                "attributes: { Groups: /groups }",
                "5:27: Expected a name of lowercase letters, digits and underscores, such as department."
            ),
            (
                "attributes: { groups: groups }",
                "5:27: Expected a JSON Pointer such as /profile/department, with ~1 for / and ~0 for ~ in a name."
            ),
            ("attributes: { groups: [a] }", "5:27: Expected text, found a list."),
            ("admit: []", "5:12: Give at least one rule, or leave 'admit' out to let everyone in."),
            ("admit: [x]", "5:13: Expected a mapping, found a single value."),
            ("admit: [{}]", "5:13: Expected exactly one of attribute, claim and emailDomain."),
            (
                "admit: [{ attribute: a, claim: /a, is: x }]",
                "5:13: Expected exactly one of attribute, claim and emailDomain."
            ),
            ("admit: [{ attribute: a }]", "5:13: Expected either 'contains' or 'is' with 'attribute'."),
            ("admit: [{ claim: /a, is: x, contains: x }]", "5:13: Expected either 'contains' or 'is' with 'claim'."),
            (
                "admit: [{ attribute: /a, is: x }]",
                "5:26: Expected the name of an attribute. For a JSON Pointer, use 'claim'."
            ),
            (
                "admit: [{ claim: hd, is: x }]",
                "5:22: Expected a JSON Pointer such as /profile/department, with ~1 for / and ~0 for ~ in a name."
            ),
            ("admit: [{ emailDomain: [] }]", "5:28: Give at least one domain."),
            (
                "admit: [{ emailDomain: ['@example.com'] }]",
                "5:29: Expected the domain of e-mail addresses, such as example.com."
            ),
            ("admit: [{ emailDomain: [a.example], is: x }]", "5:13: 'emailDomain' goes without 'contains' and 'is'."),
            (
                "admit: [{ attribute: a, contain: x }]", "5:29: Unknown key 'contain'. Did you mean 'contains'?"
            ),
            ("admit: [{ emailDomains: [a.example] }]", "5:15: Unknown key 'emailDomains'. Did you mean 'emailDomain'?"),
        ])
    func refused(members: String, problem: String) throws {
        let found = try problems(in: Self.yaml(members))
        #expect(found == [problem])
    }
}
