public import BrokerSandbox
import Foundation
import IdentityBroker

/// The sandbox of Feishu: its API, its page for browsers, and its client with an app.
///
/// The API is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in Feishu's ways: a `code` in every answer, failures of the
/// token endpoint with status 400 and those of others with 200, PKCE, and one access token of the app for all until its last
/// half hour. It has the second version of the token endpoint.
public struct FeishuSandbox: Sandbox {
    /// How it behaves.
    struct Configuration: Sendable {
        /// The provider instance whose upstream it plays, which is in the redirect URI at 127.0.0.1.
        var id: ProviderID
        var port = 0
        var redirectURIs: [String] = []
        var codeCount = 1
        /// Whether the codes are those of `tt.login`.
        var issuesLoginCodes = false
        var now: @Sendable () -> Date = { Date() }
        var randomBytes: @Sendable (Int) -> [UInt8] = { count in
            (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
        }
    }

    let configuration: Configuration
    let secret: String
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(_ configuration: Configuration) async throws -> FeishuSandbox {
        let now = configuration.now
        let secret = configuration.randomBytes(16).hexadecimal
        let upstream = try await SandboxUpstream<SandboxState>.start(
            port: configuration.port,
            answer: { state, request in try state.answer(request, at: now()) },
            answerBrowser: { state, request in state.answerBrowser(request, at: now()) },
            makeState: { _ in
                SandboxState(
                    secret: secret,
                    redirectURIs: RedirectURIs(
                        configuration.redirectURIs, loopbackPath: "/callback/\(configuration.id)"),
                    randomBytes: configuration.randomBytes)
            })
        return FeishuSandbox(configuration: configuration, secret: secret, upstream: upstream)
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
            SandboxSetting("appId", .text(Tenancy.appId)), SandboxSetting("secret", .secret(secret)),
            SandboxSetting("tenants", .list([Tenancy.tenantKey])), SandboxSetting("apiURL", .text(upstream.site.base)),
            SandboxSetting("authorizeURL", .text(upstream.site.pages)),
        ]
        return configuration.issuesLoginCodes ? own + [SandboxSetting("appCode", .text("login"))] : own
    }

    /// The people whom it knows: two of the tenant, and one of another.
    public var people: [SandboxPerson] {
        Person.all.map { person in
            SandboxPerson(
                person.name,
                person.tenantKey == Tenancy.tenantKey
                    ? "\(person.fullName), whose user_id is \(person.userID)"
                    : "\(person.fullName), of another tenant, who is not let in")
        }
    }

    /// On its page.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let (person, now) = (try Person.named(person.name), configuration.now)
        return upstream.signIn(at: SandboxState.authorizationPath) { state, query in
            state.authorize(query, .agree(person), at: now())
        }
    }

    /// Issues codes as an app in Feishu's client gets them.
    public func makeGuide() throws -> SandboxGuide {
        let person = Person.all[0]
        let call = configuration.issuesLoginCodes ? "&call=login" : ""
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<configuration.codeCount).map { _ in try credential(of: person) },
            facts: [
                SandboxGuide.Fact("app_id", label: "App ID", Tenancy.appId),
                SandboxGuide.Fact("tenant_key", label: "tenant_key", Tenancy.tenantKey),
                SandboxGuide.Fact(
                    "eviction_url", label: "POST here to void the app's token",
                    "\(baseURL)\(SandboxState.evictionPath)"),
            ],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)\(call)", form: "as the app gets it"),
            signsInByRedirect: true)
    }

    /// What an app would send for a login of this person.
    func credential(of person: Person) throws -> Credential {
        let (now, origin) = (
            configuration.now(), configuration.issuesLoginCodes ? SandboxState.IssuedCode.Origin.login : .requestAccess
        )
        return .authorizationCode(try upstream.withState { $0.issueCode(origin, to: person, at: now) })
    }
}
