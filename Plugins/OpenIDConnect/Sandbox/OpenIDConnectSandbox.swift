public import BrokerSandbox
import Crypto
import Foundation
import IdentityBroker

/// The sandbox of the provider type `oidc` and of its presets: an OpenID provider on loopback, in the shapes of its vendor.
///
/// What the broker fetches is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at
/// most. What a person's browser opens is HTTP on 127.0.0.1. It knows one client and a few people, and keeps everything in
/// memory. Codes, pushed requests and client assertions can be used once.
public struct OpenIDConnectSandbox: Sandbox {
    /// How it behaves.
    struct Configuration: Sendable {
        var vendor: Vendor
        /// The provider instance whose upstream it plays, which is in the redirect URI at 127.0.0.1.
        var id: ProviderID
        var port = 0
        var redirectURIs: [String] = []
        /// Nil for the vendor's own.
        var algorithm: SigningAlgorithm?
        var methods: [ClientMethod]?
        var tokenCount = 1
        var now: @Sendable () -> Date = { Date() }
        var randomBytes: @Sendable (Int) -> [UInt8] = { count in
            (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
        }
    }

    let configuration: Configuration
    let client: SandboxClient
    let upstream: SandboxUpstream<SandboxState>

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(_ configuration: Configuration) async throws -> OpenIDConnectSandbox {
        let vendor = configuration.vendor
        let key = try SandboxKey(for: configuration.algorithm ?? vendor.algorithm)
        let now = configuration.now
        let client = SandboxClient(
            id: vendor.clientId, secret: Base64URL.encode(configuration.randomBytes(24)),
            methods: configuration.methods ?? vendor.methods,
            redirectURIs: RedirectURIs(configuration.redirectURIs, loopbackPath: "/callback/\(configuration.id)"))
        let upstream = try await SandboxUpstream<SandboxState>.start(
            port: configuration.port,
            answer: { state, request in try state.answer(request, at: now()) },
            answerBrowser: { state, request in state.answerBrowser(request, at: now()) },
            makeState: { site in
                SandboxState(vendor, client: client, site: site, key: key, randomBytes: configuration.randomBytes)
            })
        return OpenIDConnectSandbox(configuration: configuration, client: client, upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        let vendor = configuration.vendor
        let own = vendor.settings(baseURL) + [SandboxSetting("clientId", .text(client.id))]
        if let signed = vendor.signedSecret {
            return own + [
                SandboxSetting("teamId", .text(signed.team)), SandboxSetting("keyId", .text(signed.keyId)),
                SandboxSetting("privateKey", .secret(client.key.pemRepresentation)),
            ]
        }
        switch client.methods.first {
        case .privateKeyJWT:
            let assertion = [
                SandboxSetting("keyFile", .file(client.key.pemRepresentation)),
                SandboxSetting("keyId", .text("client-1")),
            ]
            return own + [SandboxSetting("clientAssertion", .object(assertion))]
        case ClientMethod.none?: return own
        default: return own + [SandboxSetting("clientSecret", .secret(client.secret))]
        }
    }

    /// The people whom it knows.
    public var people: [SandboxPerson] { Person.all.map(\.sandboxPerson) }

    /// By redirect: does what the person would do on its page.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let person = try Person.named(person.name)
        let now = configuration.now
        return upstream.signIn(at: Vendor.path(of: .authorize)) { $0.authorize($1, .agree(person), at: now()) }
    }

    /// Issues native ID tokens, if the vendor does.
    public func makeGuide() throws -> SandboxGuide {
        guard configuration.vendor.issuesNativeTokens, let person = Person.all.first else {
            return SandboxGuide(
                credentialName: "ID token", credentials: [], authorization: nil, signsInByRedirect: true)
        }
        let nonce = Base64URL.encode(configuration.randomBytes(24))
        let tokens = try (0..<configuration.tokenCount).map { _ in try idToken(for: person, nonce: nonce) }
        return SandboxGuide(
            credentialName: "ID token",
            credentials: tokens.map { .idToken($0, nonce: nonce) },
            authorization: SandboxGuide.Authorization(
                url: "\(baseURL)\(Vendor.path(of: .idToken))?person=\(person.name)&nonce=\(nonce)",
                form: "as an app gets it"),
            signsInByRedirect: true)
    }

    func idToken(for person: Person, nonce: String) throws -> String {
        let now = configuration.now()
        return try upstream.withState { try $0.nativeIDToken(for: person, nonce: nonce, at: now) }
    }
}
