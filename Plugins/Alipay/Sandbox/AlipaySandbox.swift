public import BrokerSandbox
import IdentityBroker

/// The sandbox of the type `alipay`: its gateway, its page for browsers, and an app with its users.
///
/// The gateway is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at most. What a
/// person's browser opens is HTTP on 127.0.0.1. It is faithful in Alipay's ways: it verifies the signature of each request and
/// signs each answer but the refusal of an app that it does not know, with RSA keys that are made at the start; it escapes
/// slashes that it signed unescaped, answers failures with status 200, calls JSON `text/html`, and repeats in its message what
/// should have been signed. The app knows it by a public key or, in certificate mode, by certificates of an authority of its own.
public struct AlipaySandbox: Sandbox {
    /// The app's id at Alipay.
    static let appId = "2021000118608888"

    let setup: SandboxSetup
    /// The app's private key, in Base64 as Alipay's tool saves it.
    let appKey: String
    let identity: GatewayIdentity
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Parameters:
    ///   - setup: With any codes, it shows how to sign in with one.
    ///   - givesUserIds: Whether the app gets `user_id` beside `open_id`, as older apps do.
    ///   - hasCertificates: Whether the app is in certificate mode.
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(
        _ setup: SandboxSetup,
        givesUserIds: Bool = false,
        hasCertificates: Bool = false
    ) async throws -> AlipaySandbox {
        let keys = try GatewayKeys.make(certificateTime: hasCertificates ? setup.now() : nil)
        let upstream = try await SandboxUpstream.start(setup) { _ in
            SandboxState(
                appId: appId, keys: keys.gateway, givesUserIds: givesUserIds, redirectURIs: setup.allowedRedirects,
                randomBytes: setup.randomBytes)
        }
        return AlipaySandbox(setup: setup, appKey: keys.appKey, identity: keys.identity, upstream: upstream)
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
        let gateway =
            switch identity {
            case .publicKey(let key): [SandboxSetting("alipayPublicKey", .secret(key))]
            case .certificates(let files):
                [
                    SandboxSetting("appCertificate", .file(files.app)),
                    SandboxSetting("alipayCertificate", .file(files.alipay)),
                    SandboxSetting("rootCertificate", .file(files.root)),
                ]
            }
        return [SandboxSetting("appId", .text(Self.appId)), SandboxSetting("privateKey", .secret(appKey))] + gateway + [
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
            facts: [SandboxGuide.Fact("app_id", label: "AppID", Self.appId)],
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(SandboxState.loginPath)?person=\(person.name)", form: "as the app gets it"))
    }

    private func credential(of person: Person) throws -> Credential {
        let now = setup.now()
        return .authorizationCode(
            try upstream.withState { $0.issueCode(to: person, scope: SandboxState.profileScope, at: now) })
    }
}
