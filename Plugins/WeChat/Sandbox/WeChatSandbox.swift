public import BrokerSandbox
import Foundation
import IdentityBroker

/// The sandbox of the types of WeChat: its API, its pages for browsers, and its apps with their users.
///
/// The API is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in WeChat's ways: secrets in the queries of `GET`, JSON that is
/// called plain text, errors with status 200, in `jscode2session` with the code as text, and data that is encrypted as WeChat
/// does it.
public struct WeChatSandbox: Sandbox {
    /// How it behaves.
    struct Configuration: Sendable {
        var app: App
        /// The provider instance whose upstream it plays, which is in the redirect URI at 127.0.0.1.
        var id: ProviderID
        var port = 0
        var redirectURIs: [String] = []
        var codeCount = 1
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
    static func start(_ configuration: Configuration) async throws -> WeChatSandbox {
        let now = configuration.now
        let secret = configuration.randomBytes(16).hexadecimal
        let upstream = try await SandboxUpstream<SandboxState>.start(
            port: configuration.port,
            answer: { state, request in try state.answer(request, at: now()) },
            answerBrowser: { state, request in state.answerBrowser(request, at: now()) },
            makeState: { _ in
                SandboxState(
                    configuration.app, secret: secret,
                    redirectURIs: RedirectURIs(
                        configuration.redirectURIs, loopbackPath: "/callback/\(configuration.id)"),
                    randomBytes: configuration.randomBytes)
            })
        return WeChatSandbox(configuration: configuration, secret: secret, upstream: upstream)
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
            SandboxSetting("appId", .text(configuration.app.appId)), SandboxSetting("secret", .secret(secret)),
            SandboxSetting("openPlatform", .text("sandbox")), SandboxSetting("apiURL", .text(upstream.site.base)),
        ]
        guard configuration.app.page != nil else { return own }
        return own + [SandboxSetting("authorizeURL", .text(upstream.site.pages))]
    }

    /// The people whom it knows.
    public var people: [SandboxPerson] { configuration.app.people.map(\.sandboxPerson) }

    /// With what the app would send; by redirect where there is no app.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let person = try configuration.app.person(named: person.name)
        guard let page = configuration.app.page else { return .credential(try credential(of: person)) }
        let now = configuration.now
        return upstream.signIn(at: page.path) { state, query in
            // WeChat's pages open only with this fragment.
            guard query.hasSuffix(SandboxState.fragment) else { return .error("The fragment is missing.") }
            return state.authorize(String(query.dropLast(SandboxState.fragment.count)), .agree(person), at: now())
        }
    }

    /// Issues codes as an app gets them, if there is one.
    public func makeGuide() throws -> SandboxGuide {
        guard configuration.app.page == nil else {
            return SandboxGuide(credentialName: "code", credentials: [], authorization: nil, signsInByRedirect: true)
        }
        let person = try configuration.app.person(named: nil)
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<configuration.codeCount).map { _ in try credential(of: person) },
            facts: [SandboxGuide.Fact("app_id", label: "AppID", configuration.app.appId)],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)", form: "as the app gets it"))
    }

    /// What the app would send for a login of this person.
    func credential(of person: Person) throws -> Credential {
        let now = configuration.now()
        let login = try upstream.withState { try $0.logIn(person, at: now) }
        return .authorizationCode(login.code, parts: login.parts.mapValues { Secret($0) })
    }
}
