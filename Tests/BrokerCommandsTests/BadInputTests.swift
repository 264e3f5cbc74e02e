import BrokerTesting
import LoopbackServer
import Testing

/// What a person, or a program, can get wrong about a login, run through the built `broker`.
@Suite("Bad input")
struct BadInputTests {
    static let malformedTickets: [(name: String, ticket: String)] = [
        ("empty", ""),
        ("over 4 KiB", String(repeating: "a", count: 4097)),
        ("with a control character", "eyJ\u{7}hb"),
        ("with a space", "eyJ hb"),
        ("with a line break", "eyJ\nhb"),
        ("with a letter beyond ASCII", "eyJ\u{E9}hb"),
    ]

    @Test("as a ticket is refused before anything is sent", arguments: malformedTickets.map(\.ticket))
    func malformedTicket(_ ticket: String) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let workspace = try Workspace()
            let configuration = try workspace.configuration(baseURL: upstream.baseURL, caFile: upstream.caFile)
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", ticket, "--config", configuration, "--format", "json")
            #expect(outcome.status == 65)
            #expect(outcome.failure?["kind"] as? String == "invalid_credential")
            #expect(outcome.failure?["credential"] as? String == "unused")
            #expect(upstream.server.connectionCount == 0)
        }
    }

    @Test("on standard input is judged like any other")
    func standardInput() async throws {
        let workspace = try Workspace()
        let configuration = try workspace.configuration()
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--ticket", "-", "--config", configuration, "--format", "json",
            input: String(repeating: "b", count: 100_000)
        )
        #expect(outcome.failure?["kind"] as? String == "invalid_credential")
    }

    @Test("as a provider's id is called unknown, with the nearest name")
    func unknownProvider() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", "wxap", "--ticket", "t", "--config", try workspace.configuration(), "--format", "json")
        #expect(outcome.status == 78)
        #expect(outcome.failure?["kind"] as? String == "unknown_provider")
        #expect((outcome.failure?["message"] as? String)?.contains("'wxapp'") == true)
    }

    @Test("does not matter if the provider is disabled")
    func disabledProvider() async throws {
        let workspace = try Workspace()
        let configuration = try workspace.configuration(instance: "enabled: false")
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--ticket", "t", "--config", configuration, "--format", "json")
        #expect(outcome.status == 77)
        #expect(outcome.failure?["kind"] as? String == "provider_disabled")
    }

    static let secrets: [String] = [
        "{ env: NOBODY_SET_THIS }", "{ file: /nobody/wrote/this }", "{ literal: \"\" }",
    ]

    @Test("as a secret is a misconfiguration that names the reference", arguments: secrets)
    func secret(_ reference: String) async throws {
        let workspace = try Workspace()
        let configuration = try workspace.write(
            """
            version: 1
            providers:
              wxapp:
                type: wxapp
                settings: { userPoolId: 5e4cdd055df3df65dc58b97d, secret: \(reference) }
            """,
            to: "broker.yaml"
        )
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--ticket", "t", "--config", configuration, "--format", "json")
        #expect(outcome.status == 78)
        #expect(outcome.failure?["kind"] as? String == "misconfigured")
        #expect(outcome.failure?["credential"] as? String == "unused")
    }

    @Test("in the configuration is reported completely, each problem with its position")
    func configuration() async throws {
        let workspace = try Workspace()
        let configuration = try workspace.write(
            """
            version: 1
            providers:
              wxapp:
                type: wxap
              other:
                type: wxapp
                settings: { userPoolID: x, secret: hunter2 }
                limits: { timeout: 10 }
            """,
            to: "broker.yaml"
        )
        let outcome = try await BrokerProcess.run("config", "check", "--config", configuration, "--format", "json")
        #expect(outcome.status == 78)
        for place in ["broker.yaml:4:", "broker.yaml:7:", "broker.yaml:8:"] {
            #expect(outcome.error.contains(place))
        }
        #expect(!outcome.error.contains("hunter2"), "a secret is never repeated")
        #expect(outcome.failure?["kind"] as? String == "misconfigured")
    }

    @Test("that names no configuration file is a misconfiguration")
    func missingFile() async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run("providers", "--format", "json", directory: workspace.directory)
        #expect(outcome.status == 78)
        #expect((outcome.failure?["message"] as? String)?.contains("Config/broker.yaml") == true)
    }

    static let callbacks: [(query: String, kind: String, status: Int32)] = [
        ("code=400&message=%E7%94%A8%E6%88%B7", "cancelled_by_user", 77),
        ("message=nothing", "cancelled_by_user", 77),
        ("code=500&message=oops", "invalid_credential", 65),
        ("code=200", "invalid_credential", 65),
        ("code=200&ticket=a&ticket=b", "invalid_credential", 65),
    ]

    @Test("in the mini program's callback has its own kind", arguments: callbacks)
    func callback(_ query: String, _ kind: String, _ status: Int32) async throws {
        let workspace = try Workspace()
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--callback", query, "--config", try workspace.configuration(), "--format", "json")
        #expect(outcome.status == status)
        #expect(outcome.failure?["kind"] as? String == kind)
        #expect(outcome.failure?["provider"] as? String == "wxapp")
    }

    @Test("as an address is refused unless the configuration allows it")
    func egress() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let workspace = try Workspace()
            let configuration = try workspace.write(
                """
                version: 1
                providers:
                  wxapp:
                    type: wxapp
                    settings: { userPoolId: 5e4cdd055df3df65dc58b97d, baseURL: "\(upstream.baseURL)" }
                    network: { caFile: "\(upstream.caFile)" }
                """,
                to: "broker.yaml"
            )
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", "t", "--config", configuration, "--format", "json")
            #expect(outcome.status == 78)
            #expect(outcome.failure?["kind"] as? String == "misconfigured")
            #expect(outcome.failure?["credential"] as? String == "unused")
            #expect(upstream.server.connectionCount == 0)
        }
    }
}
