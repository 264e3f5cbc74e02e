public import BrokerSandbox
import Foundation
import IdentityBroker

/// The sandbox of the provider type `oauth2` and of its presets: an OAuth 2.0 upstream on loopback, in the shapes of its
/// vendor.
///
/// What the broker fetches is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at
/// most. What a person's browser opens is HTTP on 127.0.0.1. It knows one client and a few people, and keeps everything in
/// memory. Codes can be used once.
public struct OAuth2Sandbox: Sandbox {
    /// How it behaves.
    struct Configuration: Sendable {
        var vendor: Vendor
        /// The provider instance whose upstream it plays, which is in the redirect URI at 127.0.0.1.
        var id: ProviderID
        var port = 0
        var redirectURIs: [String] = []
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
    static func start(_ configuration: Configuration) async throws -> OAuth2Sandbox {
        let (vendor, now) = (configuration.vendor, configuration.now)
        let client = SandboxClient(
            id: vendor.clientId, secret: Base64URL.encode(configuration.randomBytes(24)),
            redirectURIs: RedirectURIs(configuration.redirectURIs, loopbackPath: "/callback/\(configuration.id)"))
        let upstream = try await SandboxUpstream<SandboxState>.start(
            port: configuration.port,
            answer: { state, request in try state.answer(request, at: now()) },
            answerBrowser: { state, request in state.answerBrowser(request, at: now()) },
            makeState: { site in
                SandboxState(vendor, client: client, site: site, randomBytes: configuration.randomBytes)
            })
        return OAuth2Sandbox(configuration: configuration, client: client, upstream: upstream)
    }

    /// Stops it and frees its ports.
    public func stop() async { await upstream.stop() }

    /// The base URL: `https://localhost:PORT`.
    public var baseURL: String { upstream.site.base }

    /// The certificate authority to trust.
    public var caCertificatePEM: String { upstream.caCertificatePEM }

    /// The settings of a provider instance that uses it.
    public var settings: [SandboxSetting] {
        let (vendor, site) = (configuration.vendor, upstream.site)
        var endpoints = [
            SandboxSetting("authorization", .text(site.pages + vendor.paths.authorization)),
            SandboxSetting("token", .text(site.base + vendor.paths.token)),
            SandboxSetting("userInfo", .text(site.base + vendor.paths.profile)),
        ]
        if let emails = vendor.paths.emails { endpoints.append(SandboxSetting("emails", .text(site.base + emails))) }
        var settings = vendor.settings(site.base) + [SandboxSetting("clientId", .text(client.id))]
        if vendor.methods != [.none] { settings.append(SandboxSetting("clientSecret", .secret(client.secret))) }
        return settings + [SandboxSetting("endpoints", .object(endpoints))]
    }

    /// The people whom it knows.
    public var people: [SandboxPerson] { Person.all.map(\.sandboxPerson) }

    /// By redirect: does what the person would do on its page.
    public func signIn(as person: SandboxPerson) throws -> SandboxSignIn {
        let person = try Person.named(person.name)
        let now = configuration.now
        return upstream.signIn(at: configuration.vendor.paths.authorization) {
            $0.authorize($1, .agree(person), at: now())
        }
    }

    /// Describes how to sign in, which takes a redirect.
    public func makeGuide() throws -> SandboxGuide {
        SandboxGuide(credentialName: "code", credentials: [], authorization: nil, signsInByRedirect: true)
    }
}
