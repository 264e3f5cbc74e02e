public import BrokerSandbox
import IdentityBroker

/// The sandbox of WeCom: its API, its pages for browsers, and a mini program.
///
/// The API is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in WeCom's ways: secrets in the queries of `GET`, errors with
/// status 200, one access token for all until it expires or is voided, and an answer without an error for someone who is no
/// member of the company.
public struct WeComSandbox: Sandbox {
    let setup: SandboxSetup
    let secret: String
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(_ setup: SandboxSetup) async throws -> WeComSandbox {
        let secret = setup.randomBytes(32).hexadecimal
        let upstream = try await SandboxUpstream.start(setup) { _ in
            SandboxState(secret: secret, redirectURIs: setup.allowedRedirects, randomBytes: setup.randomBytes)
        }
        return WeComSandbox(setup: setup, secret: secret, upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        [
            SandboxSetting("corpId", .text(Company.corpId)), SandboxSetting("agentId", .text(Company.agentId)),
            SandboxSetting("secret", .secret(secret)), SandboxSetting("apiURL", .text(upstream.site.base)),
            SandboxSetting("authorizeURL", .text(upstream.site.pages)),
        ]
    }

    /// The people whom it knows: two members, and a non-member.
    public var people: [SandboxPerson] {
        Person.all.map { person in
            SandboxPerson(
                person.name,
                person.isMember
                    ? "\(person.fullName), whose userid is \(person.userid)"
                    : "\(person.fullName), who is no member of the company and is not let in")
        }
    }

    /// On the page that the URL is of.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        try upstream.signIn(as: Person.named(person.name), now: setup.now)
    }

    /// Issues codes as a mini program gets them.
    public func makeGuide() throws -> SandboxGuide {
        let person = Person.all[0]
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<setup.codeCount).map { _ in try credential(of: person) },
            facts: [
                SandboxGuide.Fact("corp_id", label: "CorpID", Company.corpId),
                SandboxGuide.Fact("agent_id", label: "AgentId", Company.agentId),
                SandboxGuide.Fact(
                    "eviction_url", label: "POST here to void the app's token",
                    "\(baseURL)\(SandboxState.evictionPath)"),
            ],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)", form: "as a mini program gets it"),
            signsInByRedirect: true)
    }

    /// What a mini program would send for a login of this person.
    func credential(of person: Person) throws -> Credential {
        let now = setup.now()
        return .authorizationCode(try upstream.withState { $0.issueCode(.miniProgram, to: person, at: now) })
    }
}
