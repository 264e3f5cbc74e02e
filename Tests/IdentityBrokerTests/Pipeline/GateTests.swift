import IdentityBroker
import Testing

@Suite("The gate")
struct GateTests {
    private func outcome(of upstream: UpstreamIdentity) async throws -> (kind: BrokerError.Kind?, message: String) {
        let bench = try Bench { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            return upstream
        }
        do {
            _ = try await bench.login()
            return (nil, "")
        } catch let error as BrokerError {
            #expect(error.credential == .spent)
            return (error.kind, error.message)
        }
    }

    @Test(
        "admits only active people",
        arguments: [
            (AccountStanding.active, nil), (.blocked, .accessDenied), (.deleted, .accessDenied),
            (.suspended, .accessDenied), (.unrecognized, .accessDenied),
        ] as [(AccountStanding, BrokerError.Kind?)]
    )
    func standing(_ standing: AccountStanding, kind: BrokerError.Kind?) async throws {
        var upstream = UpstreamIdentity.person
        upstream.standing = standing
        #expect(try await outcome(of: upstream).kind == kind)
    }

    @Test(
        "refuses a record that does not identify the person",
        arguments: [
            nil, "", " ", "a b", "a\n", "a\u{0}", "\u{202E}a", "a\u{200B}", "a\u{2028}", "a\u{A0}b", "张三", "é",
            String(repeating: "a", count: 256), String(repeating: "é", count: 128),
        ]
    )
    func missingSubject(_ subject: String?) async throws {
        #expect(try await outcome(of: .person(subject)).kind == .upstreamMisbehaved)
    }

    @Test(
        "accepts any subject of up to 255 visible ASCII characters",
        arguments: ["a", "5e57-~!", String(repeating: "a", count: 255)]
    )
    func subject(_ subject: String) async throws {
        #expect(try await outcome(of: .person(subject)).kind == nil)
    }

    @Test(
        "refuses a record that contradicts itself, and names the places but not the values",
        arguments: [
            ("person-1", "person-2"), ("person-1", "PERSON-1"), ("person-1", ""),
            // Looks like one id, but is two to every database.
            ("caf\u{E9}", "cafe\u{301}"),
        ]
    )
    func contradiction(first: String, second: String) async throws {
        var subject = Agreement(on: "subject")
        subject.add(first, at: "id")
        subject.add(nil, at: "missing")
        subject.add(second, at: "token.sub")
        let (kind, message) = try await outcome(of: UpstreamIdentity(standing: .active, subject: subject))
        #expect(kind == .upstreamMisbehaved)
        #expect(message.contains("id and token.sub differ"))
        #expect(!message.contains(first))

        var other = UpstreamIdentity.person
        other.agreements = [Agreement(on: "nothing"), subject]
        #expect(try await outcome(of: other).kind == .upstreamMisbehaved)
    }

    @Test("accepts a consistent record")
    func agreement() async throws {
        var subject = Agreement(on: "subject")
        for place in ["id", "token.sub", "token.data.id"] { subject.add("person-1", at: place) }
        var upstream = UpstreamIdentity(standing: .active, subject: subject)
        upstream.agreements = [subject, Agreement(on: "nothing")]
        #expect(try await outcome(of: upstream).kind == nil)
    }

    @Test(
        "refuses an id that repeats the secret or the credential, and does not repeat it",
        arguments: ["pool-secret", "ticket-1", "x-pool-secret-x", "pool%2Dsecret"], [true, false]
    )
    func tellingID(_ id: String, isSubject: Bool) async throws {
        let bench = try Bench(secret: .literal(Secret("pool-secret"))) { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            guard !isSubject else { return .person(id) }
            var upstream = UpstreamIdentity.person
            upstream.alternateIdentifiers = [AlternateIdentifier(type: "wechat_openid", scope: nil, value: id)]
            return upstream
        }
        let error = try await bench.refusal()
        #expect(error.kind == .upstreamMisbehaved)
        #expect(!error.message.contains(id))
        #expect(bench.audit.map(\.subject) == [nil])
    }

    @Test("accepts up to sixteen further secrets, each a search through the record", arguments: [16, 17])
    func furtherSecrets(count: Int) async throws {
        var upstream = UpstreamIdentity.person
        upstream.furtherSecrets = (1...count).map { Secret("canary-further-\($0)") }
        let outcome = try await outcome(of: upstream)
        #expect(outcome.kind == (count == 16 ? nil : .upstreamMisbehaved))
        #expect(!outcome.message.contains("canary"))
    }

    @Test("checks the standing first, whatever else is wrong")
    func order() async throws {
        var upstream = UpstreamIdentity.person(nil)
        upstream.standing = .blocked
        #expect(try await outcome(of: upstream).kind == .accessDenied)
    }
}
