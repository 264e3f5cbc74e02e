public import BrokerSandbox
import IdentityBroker

/// The sandbox of the types of WeChat: its API, its pages for browsers, and its apps with their users.
///
/// The API is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in WeChat's ways: secrets in the queries of `GET`, JSON that is
/// called plain text, errors with status 200, in `jscode2session` with the code as text, and data that is encrypted as WeChat
/// does it.
public struct WeChatSandbox: Sandbox {
    let app: App
    let setup: SandboxSetup
    let secret: String
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(_ app: App, _ setup: SandboxSetup) async throws -> WeChatSandbox {
        let secret = setup.randomBytes(16).hexadecimal
        let upstream = try await SandboxUpstream.start(setup) { _ in
            SandboxState(app, secret: secret, redirectURIs: setup.allowedRedirects, randomBytes: setup.randomBytes)
        }
        return WeChatSandbox(app: app, setup: setup, secret: secret, upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        let own = [
            SandboxSetting("appId", .text(app.appId)), SandboxSetting("secret", .secret(secret)),
            SandboxSetting("openPlatform", .text("sandbox")), SandboxSetting("apiURL", .text(upstream.site.base)),
        ]
        guard app.page != nil else { return own }
        return own + [SandboxSetting("authorizeURL", .text(upstream.site.pages))]
    }

    /// The people whom it knows.
    public var people: [SandboxPerson] { app.people.map(\.sandboxPerson) }

    /// With what the app would send; by redirect where there is no app.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let person = try app.person(named: person.name)
        guard app.page != nil else { return .credential(try credential(of: person)) }
        return try upstream.signIn(as: person, now: setup.now)
    }

    /// Issues codes as an app gets them, if there is one.
    public func makeGuide() throws -> SandboxGuide {
        guard app.page == nil else {
            return SandboxGuide(credentialName: "code", credentials: [], authorization: nil, signsInByRedirect: true)
        }
        let person = try app.person(named: nil)
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<setup.codeCount).map { _ in try credential(of: person) },
            facts: [SandboxGuide.Fact("app_id", label: "AppID", app.appId)],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)", form: "as the app gets it"))
    }

    /// What the app would send for a login of this person.
    func credential(of person: Person) throws -> Credential {
        let now = setup.now()
        let login = try upstream.withState { try $0.logIn(person, at: now) }
        return .authorizationCode(login.code, parts: login.parts.mapValues { Secret($0) })
    }
}
