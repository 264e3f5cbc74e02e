import BrokerTesting
package import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("An instance's own attributes and rules", .timeLimit(.minutes(5)))
struct AuthorizeTests {
    private static let record: JSONValue = [
        "groups": ["staff", "ops"], "team": "red", "level": 3, "active": true, "gone": .null,
        "profile": ["department": "Sales"],
    ]

    /// A login with a policy, by a person with this record and e-mail address.
    private static func bench(
        _ policy: IdentityPolicy,
        record: JSONValue? = record,
        email: Contact<EmailAddress>? = nil
    ) throws -> Bench {
        try Bench(identityPolicy: policy) { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            var upstream = UpstreamIdentity.person
            upstream.attributes = ["team": "blue", "plan": "free"]
            upstream.record = record
            upstream.claims.email = email
            if record == nil { upstream.notices = [Notice(rawValue: "profile_unreadable")] }
            return upstream
        }
    }

    private static func pointer(_ text: String) throws -> JSONPointer { try #require(JSONPointer(text)) }

    private static func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    @Test("Attributes come from the upstream's record, beside the type's own")
    func attributes() async throws {
        let policy = try IdentityPolicy(
            attributes: [
                "department": Self.pointer("/profile/department"), "groups": Self.pointer("/groups"),
                "team": Self.pointer("/team"), "none": Self.pointer("/none"), "gone": Self.pointer("/gone"),
            ])
        let identity = try await Self.bench(policy).login()
        #expect(
            identity.attributes == [
                "department": "Sales", "groups": ["staff", "ops"], "team": "red", "plan": "free",
            ])
    }

    @Test("An attribute never falls back to the type's own value")
    func absentAttribute() async throws {
        let policy = try IdentityPolicy(attributes: ["team": Self.pointer("/none")])
        #expect(try await Self.bench(policy).login().attributes == ["plan": "free"])
        #expect(try await Self.bench(policy, record: nil).login().attributes == ["plan": "free"])
    }

    @Test("An attribute is taken without the credential")
    func redaction() async throws {
        let policy = try IdentityPolicy(attributes: ["echo": Self.pointer("/echo")])
        let identity = try await Self.bench(policy, record: ["echo": "got canary-ticket-51"]).login(
            .ticket("canary-ticket-51"))
        let echo = try #require(identity.attributes["echo"]?.string)
        #expect(!echo.contains("canary"))
    }

    @Test(
        "A rule lets in whom it describes, and nobody else",
        arguments: [
            (.attribute("team", .equals("blue")), true), (.attribute("team", .equals("Blue")), false),
            (.attribute("team", .contains("blue")), true), (.attribute("none", .equals("")), false),
            (.attribute("groups", .contains("staff")), true), (.attribute("groups", .contains("sta")), false),
            (.attribute("groups", .equals("staff")), false), (.claim("/groups", .contains("ops")), true),
            (.claim("/groups/0", .equals("staff")), true), (.claim("/level", .equals("3")), true),
            (.claim("/level", .equals("3.0")), false), (.claim("/active", .equals("true")), true),
            (.claim("/active", .contains("true")), true), (.claim("/gone", .equals("null")), false),
            (.claim("/gone", .equals("")), false), (.claim("/profile", .contains("Sales")), false),
            (.claim("/none", .contains("x")), false), (.claim("", .contains("staff")), false),
        ] as [(AccessRule, Bool)])
    func rule(rule: AccessRule, admits: Bool) async throws {
        let bench = try Self.bench(IdentityPolicy(attributes: ["groups": "/groups"], admit: [rule]))
        if admits {
            #expect(try await bench.login().subject == "person-1")
            #expect(bench.audit.last?.notices == [])
        } else {
            let error = try await bench.refusal()
            #expect(error.kind == .accessDenied && error.credential == .spent)
            #expect(bench.audit.last?.failure == "access_denied")
            #expect(bench.audit.last?.notices == ["admit_rule_1"])
        }
    }

    @Test("A rule about a record that the type does not give lets nobody in")
    func noRecord() async throws {
        let bench = try Self.bench(IdentityPolicy(admit: [.claim("/groups", .contains("staff"))]), record: nil)
        #expect(try await bench.refusal().kind == .accessDenied)
        #expect(bench.audit.last?.notices == ["admit_rule_1", "profile_unreadable"])
    }

    @Test("Only the domain of a verified address counts, and a subdomain is another one")
    func emailDomain() async throws {
        let policy = IdentityPolicy(admit: [.emailDomain(["example.com", "example.org"])])
        for (text, admits) in [
            ("a@example.com", true), ("a@EXAMPLE.org", true), ("a@sub.example.com", false), ("a@badexample.com", false),
            ("a@example.com.evil.example", false),
        ] {
            let address = try Self.address(text)
            let verified = try Self.bench(policy, email: .verified(Verified(address)))
            let identity = try? await verified.login()
            #expect((identity != nil) == admits, "\(text)")
            for isKnownUnverified in [true, false] {
                let asserted = try Self.bench(
                    policy, email: .asserted(Asserted(address), isKnownUnverified: isKnownUnverified))
                #expect(try await asserted.refusal().kind == .accessDenied)
            }
        }
        #expect(try await Self.bench(policy).refusal().kind == .accessDenied)
    }

    @Test("All rules must hold; the error and the event name the one that does not, but no value")
    func everyRule() async throws {
        let policy = IdentityPolicy(
            admit: [
                .attribute("plan", .equals("free")), .claim("/profile/department", .equals("Sales")),
                .claim("/team", .equals("canary-wanted")),
            ])
        let bench = try Self.bench(policy)
        let error = try await bench.refusal()
        #expect(error.message == "This user may not sign in: rule 3 of 'admit' (claim /team) does not hold.")
        #expect(bench.audit.last?.notices == ["admit_rule_3"])
        #expect(!bench.log.mentions("canary-wanted") && !bench.log.mentions("Sales"))
    }

    @Test("Somebody else who presents the credential learns nothing: the nonce is checked first")
    func order() async throws {
        let bench = try Bench(identityPolicy: IdentityPolicy(admit: [.claim("/x", .equals("y"))])) { _, exchange in
            var upstream = UpstreamIdentity.person
            upstream.nonce = "of another login"
            return upstream
        }
        #expect(try await bench.refusal().kind == .invalidCredential)
    }

    @Test("A login under way is judged by the rules of the moment")
    func reload() async throws {
        let gate = Gate()
        let bench = try Bench(transport: .waiting(at: gate))
        let login = Task { try await bench.login() }
        try await gate.waitForArrivals()
        let rules = IdentityPolicy(admit: [.attribute("plan", .equals("paid"))])
        try bench.broker.replaceProviders(with: [Bench.instance(identityPolicy: rules)])
        gate.open()
        let error = await #expect(throws: BrokerError.self) { try await login.value }
        #expect(error?.kind == .accessDenied)
    }
}

/// For the tables above, whose pointers are valid.
extension JSONPointer: ExpressibleByStringLiteral {
    package init(stringLiteral literal: String) {
        guard let pointer = JSONPointer(literal) else { preconditionFailure("'\(literal)' is not a JSON Pointer.") }
        self = pointer
    }
}
