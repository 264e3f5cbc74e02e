import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@Suite("Normalizing")
struct NormalizeTests {
    private static let own = Notice(rawValue: "phone_masked")

    private func identity(of upstream: UpstreamIdentity) async throws -> Identity {
        let bench = try Bench(secret: .literal(Secret(Canary.secret))) { _, _ in upstream }
        return try await bench.login(.ticket(Canary.ticket))
    }

    @Test("states the person, the issuer, the instance and the time")
    func key() async throws {
        let bench = try Bench()
        let identity = try await bench.login()
        #expect(identity.issuer == .example)
        #expect(identity.subject == "person-1")
        #expect(identity.key.issuer == .example)
        #expect(identity.provider == Bench.id)
        #expect(identity.authenticatedAt == bench.clock.date)
    }

    @Test("keeps notices in order of discovery, without duplicates")
    func notices() async throws {
        var upstream = UpstreamIdentity.person
        upstream.notices = [Self.own, .pictureRefused, Self.own]
        upstream.claims.name = "a\u{0}b"
        upstream.claims.nickname = "a\u{0}b"
        upstream.claims.picture = "javascript:alert(1)"
        #expect(try await identity(of: upstream).notices == [Self.own, .pictureRefused, .nameCleaned])
    }

    @Test("passes on alternate identifiers and the token")
    func passing() async throws {
        var upstream = UpstreamIdentity.person
        upstream.alternateIdentifiers = [AlternateIdentifier(type: "wechat_openid", scope: "wx1", value: "abc")]
        upstream.token = Secret(Canary.token)
        let identity = try await identity(of: upstream)
        #expect(identity.alternateIdentifiers == upstream.alternateIdentifiers)
        #expect(identity.upstreamToken == Secret(Canary.token))
    }

    @Test("redacts the instance's secrets and the credential from everything that the upstream echoes")
    func echo() async throws {
        var upstream = UpstreamIdentity.person
        let echo = "\(Canary.ticket) \(Canary.secret)"
        upstream.claims.name = echo
        upstream.claims.gender = echo
        upstream.claims.picture = "https://upstream.example/\(Canary.ticket)"
        upstream.claims.address = PostalAddress(locality: echo, formatted: echo)
        upstream.attributes = ["echo": .string(echo), "list": .array([.string(echo)])]
        upstream.record = .object(["echo": .string(echo), Canary.ticket: .string("key")])
        let identity = try await identity(of: upstream)
        #expect(Canary.found(in: Rendering.dumped.text(of: (identity, identity.record))).isEmpty)
        #expect(identity.record != nil)
        #expect(identity.claims.name == "<redacted> <redacted>")
        #expect(identity.claims.picture == nil)
        #expect(identity.attributes["echo"] == "<redacted> <redacted>")
    }

    @Test("redacts the upstream's token from everything that repeats it, and refuses it as an id")
    func repeatedToken() async throws {
        var upstream = UpstreamIdentity.person
        upstream.token = Secret(Canary.token)
        upstream.claims.name = Canary.token
        upstream.attributes = ["echo": .string(Canary.token)]
        upstream.record = ["echo": .string(Canary.token)]
        let identity = try await identity(of: upstream)
        #expect(identity.claims.name == "<redacted>" && identity.attributes == ["echo": "<redacted>"])
        #expect(identity.record == ["echo": "<redacted>"])
        upstream.alternateIdentifiers = [AlternateIdentifier(type: "session", scope: "a", value: Canary.token)]
        let repeated = upstream
        let error = await #expect(throws: BrokerError.self) { try await self.identity(of: repeated) }
        #expect(error?.kind == .upstreamMisbehaved)
    }

    @Test("builds the record only when it is read, and redacts it then")
    func deferredRecord() async throws {
        let makings = Locked(0)
        var upstream = UpstreamIdentity.person
        upstream.setRecord {
            makings.withLock { $0 += 1 }
            return .object(["echo": .string("\(Canary.ticket) \(Canary.secret)"), Canary.ticket: "key"])
        }
        let identity = try await identity(of: upstream)
        #expect(Canary.found(in: Rendering.dumped.text(of: identity)).isEmpty)
        #expect(makings.withLock { $0 } == 0)
        #expect(identity.record == .object(["echo": "<redacted> <redacted>", "<redacted>": "key"]))
        #expect(makings.withLock { $0 } == 1)
    }
}
