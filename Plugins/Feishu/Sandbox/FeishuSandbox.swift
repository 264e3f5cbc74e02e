public import BrokerSandbox
import IdentityBroker

/// The sandbox of Feishu: its API, its page for browsers, and its client with an app.
///
/// The API is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in Feishu's ways: a `code` in every answer, failures of the
/// token endpoint with status 400 and those of others with 200, PKCE, one access token of the app for all until its last half
/// hour, and a bound on how often the app may redeem codes. It has the second and the third version of the token endpoint.
public struct FeishuSandbox: Sandbox {
    let setup: SandboxSetup
    /// Whether the codes that an app gets are those of `tt.login`.
    let issuesLoginCodes: Bool
    let tokenEndpoint: TokenEndpoint
    let secret: String
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Parameters:
    ///   - issuesLoginCodes: Whether the codes that an app gets are those of `tt.login`.
    ///   - tokenEndpoint: The version of the token endpoint that the settings name.
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(
        _ setup: SandboxSetup,
        issuesLoginCodes: Bool = false,
        tokenEndpoint: TokenEndpoint = .v2
    ) async throws -> FeishuSandbox {
        let secret = setup.randomBytes(16).hexadecimal
        let upstream = try await SandboxUpstream.start(setup) { _ in
            SandboxState(
                secret: secret, tokenEndpoint: tokenEndpoint, redirectURIs: setup.allowedRedirects,
                randomBytes: setup.randomBytes)
        }
        return FeishuSandbox(
            setup: setup, issuesLoginCodes: issuesLoginCodes, tokenEndpoint: tokenEndpoint, secret: secret,
            upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        var settings = [
            SandboxSetting("appId", .text(Tenancy.appId)), SandboxSetting("secret", .secret(secret)),
            SandboxSetting("tenants", .list([Tenancy.tenantKey])), SandboxSetting("apiURL", .text(upstream.site.base)),
            SandboxSetting("authorizeURL", .text(upstream.site.pages)),
        ]
        if issuesLoginCodes { settings.append(SandboxSetting("appCode", .text("login"))) }
        // Here, the pages are where no code may be redeemed, since they are HTTP.
        if tokenEndpoint != .v2 {
            settings.append(SandboxSetting("tokenPath", .text(upstream.site.base + tokenEndpoint.path)))
        }
        if !tokenEndpoint.takesPKCE { settings.append(SandboxSetting("pkce", .text("off"))) }
        return settings
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
        try upstream.signIn(as: Person.named(person.name), now: setup.now)
    }

    /// Issues codes as an app in Feishu's client gets them.
    public func makeGuide() throws -> SandboxGuide {
        let person = Person.all[0]
        let call = issuesLoginCodes ? "&call=login" : ""
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<setup.codeCount).map { _ in try credential(of: person) },
            facts: [
                SandboxGuide.Fact("app_id", label: "App ID", Tenancy.appId),
                SandboxGuide.Fact("tenant_key", label: "tenant_key", Tenancy.tenantKey),
                SandboxGuide.Fact(
                    "eviction_url", label: "POST here to void the app's token",
                    "\(baseURL)\(SandboxState.evictionPath)"),
                SandboxGuide.Fact(
                    "throttling_url", label: "POST here to have the app redeem no code for a while",
                    "\(baseURL)\(SandboxState.throttlingPath)"),
            ],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)\(call)", form: "as the app gets it"),
            signsInByRedirect: true)
    }

    /// What an app would send for a login of this person.
    func credential(of person: Person) throws -> Credential {
        let (now, origin) = (setup.now(), issuesLoginCodes ? SandboxState.IssuedCode.Origin.login : .requestAccess)
        return .authorizationCode(try upstream.withState { $0.issueCode(origin, to: person, at: now) })
    }
}
