public import BrokerSandbox
import CryptoExtras
import Foundation
import IdentityBroker

/// The sandbox of the type `alipay`: its gateway, its page for browsers, and an app with its users.
///
/// The gateway is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in Alipay's ways: it verifies the signature of each request and
/// signs each answer but the refusal of an app that it does not know, with RSA keys that are made at the start; it escapes
/// slashes that it signed unescaped, answers failures with status 200, calls JSON `text/html`, and repeats in its message what
/// should have been signed. It has public keys and no certificates.
public struct AlipaySandbox: Sandbox {
    /// How it behaves.
    struct Configuration: Sendable {
        /// The provider instance whose upstream it plays, which is in the redirect URI at 127.0.0.1.
        var id: ProviderID
        var port = 0
        var redirectURIs: [String] = []
        /// How many codes of an app it issues at the start. With any, it shows how to sign in with one.
        var codeCount = 0
        /// Whether the app gets `user_id` beside `open_id`, as older apps do.
        var givesUserIds = false
        var now: @Sendable () -> Date = { Date() }
        var randomBytes: @Sendable (Int) -> [UInt8] = { count in
            (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
        }
    }

    /// The app's id at Alipay.
    static let appId = "2021000118608888"

    let configuration: Configuration
    /// The app's private key and Alipay's public key, in Base64 as the console shows them.
    let appKey: String
    let alipayKey: String
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(_ configuration: Configuration) async throws -> AlipaySandbox {
        let now = configuration.now
        let keys = try GatewayKeys.make()
        let upstream = try await SandboxUpstream<SandboxState>.start(
            port: configuration.port,
            answer: { state, request in try state.answer(request, at: now()) },
            answerBrowser: { state, request in state.answerBrowser(request, at: now()) },
            makeState: { _ in
                SandboxState(
                    appId: appId, keys: keys.gateway, givesUserIds: configuration.givesUserIds,
                    redirectURIs: RedirectURIs(
                        configuration.redirectURIs, loopbackPath: "/callback/\(configuration.id)"),
                    randomBytes: configuration.randomBytes)
            })
        return AlipaySandbox(
            configuration: configuration, appKey: keys.appKey, alipayKey: keys.alipayKey, upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// Whether people sign in with codes of an app.
    private var isForApp: Bool { configuration.codeCount > 0 }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        [
            SandboxSetting("appId", .text(Self.appId)), SandboxSetting("privateKey", .secret(appKey)),
            SandboxSetting("alipayPublicKey", .secret(alipayKey)), SandboxSetting("apiURL", .text(baseURL)),
            SandboxSetting("authorizeURL", .text(upstream.site.pages)),
        ]
    }

    /// The people whom it knows.
    public var people: [SandboxPerson] { Person.all.map(\.sandboxPerson) }

    /// By redirect, or with a code as an app gets it.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let person = try Person.named(person.name)
        guard !isForApp else { return .credential(try credential(of: person)) }
        let now = configuration.now
        return upstream.signIn(at: SandboxState.pagePath) { state, query in
            state.authorize(query, .agree(person), at: now())
        }
    }

    /// Issues codes as an app gets them, if any are wanted.
    public func makeGuide() throws -> SandboxGuide {
        guard isForApp, let person = Person.all.first else {
            return SandboxGuide(credentialName: "code", credentials: [], authorization: nil, signsInByRedirect: true)
        }
        return SandboxGuide(
            credentialName: "code",
            credentials: try (0..<configuration.codeCount).map { _ in try credential(of: person) },
            facts: [SandboxGuide.Fact("app_id", label: "AppID", Self.appId)],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)", form: "as the app gets it"))
    }

    private func credential(of person: Person) throws -> Credential {
        let now = configuration.now()
        return .authorizationCode(
            try upstream.withState { $0.issueCode(to: person, scope: SandboxState.profileScope, at: now) })
    }
}
