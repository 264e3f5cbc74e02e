public import BrokerSandbox
import IdentityBroker

/// The sandbox of the type `dingtalk`: its API, its page for browsers, and an app with its users.
///
/// The API is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in DingTalk's ways: it takes JSON and no forms, refuses with
/// codes that are texts, wants consent to be asked for, and returns the code under both of its names.
public struct DingTalkSandbox: Sandbox {
    /// The app's id at DingTalk.
    static let clientId = "dingsandbox7k2m9qxw4t"

    let setup: SandboxSetup
    let clientSecret: String
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Parameter setup: With any codes, it shows how to sign in with one.
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(_ setup: SandboxSetup) async throws -> DingTalkSandbox {
        let secret = setup.randomBytes(32).hexadecimal
        let upstream = try await SandboxUpstream.start(setup) { _ in
            SandboxState(
                clientId: clientId, clientSecret: secret, redirectURIs: setup.allowedRedirects,
                randomBytes: setup.randomBytes)
        }
        return DingTalkSandbox(setup: setup, clientSecret: secret, upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// Whether people sign in with codes of an app.
    private var isForApp: Bool { setup.codeCount > 0 }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        [
            SandboxSetting("clientId", .text(Self.clientId)), SandboxSetting("clientSecret", .secret(clientSecret)),
            SandboxSetting("apiURL", .text(baseURL)), SandboxSetting("authorizeURL", .text(upstream.site.pages)),
        ]
    }

    /// The people whom it knows.
    public var people: [SandboxPerson] { Person.all.map(\.sandboxPerson) }

    /// By redirect, or with a code as an app gets it.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let person = try Person.named(person.name)
        guard !isForApp else { return .credential(try credential(of: person)) }
        return try upstream.signIn(as: person, now: setup.now)
    }

    /// Issues codes as an app gets them, if any are wanted.
    public func makeGuide() throws -> SandboxGuide {
        guard isForApp, let person = Person.all.first else {
            return SandboxGuide(credentialName: "code", credentials: [], authorization: nil, signsInByRedirect: true)
        }
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<setup.codeCount).map { _ in try credential(of: person) },
            facts: [SandboxGuide.Fact("client_id", label: "Client ID", Self.clientId)],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)", form: "as the app gets it"))
    }

    private func credential(of person: Person) throws -> Credential {
        let now = setup.now()
        return .authorizationCode(try upstream.withState { $0.issueCode(to: person, at: now) })
    }
}
