import HTTPTypes
import IdentityBroker

/// A provider for a site. It sends the code, and what comes with it, in one request each login.
struct SiteProvider: IdentityProvider, RedirectRequesting {
    struct Settings: Decodable, Sendable {
        let site: Site

        init(site: Site) {
            self.site = site
        }

        /// No file has such a site.
        init(from decoder: any Decoder) throws {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no settings"))
        }
    }

    static let manifest = ProviderManifest(
        type: "site", displayName: "Site", summary: "Signs people in at a site.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: Site.longestCode)],
        // One of the sites knows no PKCE.
        reliesOnStateAlone: true)

    let issuer: Issuer
    private let site: Site
    private let address: UpstreamURL

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer(Site.issuer), let address = UpstreamURL(Site.issuer) else {
            throw BrokerError(.misconfigured, "The site has no issuer.")
        }
        (self.issuer, self.address, site) = (issuer, address, settings.site)
    }

    var redirectForm: RedirectForm { site.form }
    var nonceRule: NonceRule? { .absent }

    func authorizationRequest(for flow: RedirectFlow, in context: RedirectContext) async throws -> AuthorizationRequest
    {
        var fields = [
            "state=\(flow.state.reveal())", "redirect_uri=\(flow.redirectURI)",
            "response_mode=\(site.form.responseMode.rawValue)",
        ]
        if site.form.usesPKCE {
            fields += ["code_challenge_method=S256", "code_challenge=\(flow.codeChallenge)"]
        }
        return AuthorizationRequest(
            url: "\(Site.issuer)/authorize?\(fields.joined(separator: "&"))", namesItself: site.namesItself)
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        var body = credential.value.revealBytes()
        if let user = credential.parts["user"] { body += [UInt8(ascii: "\n")] + user.revealBytes() }
        _ = try await exchange.send(UpstreamRequest(method: .post, url: address, body: body))
        var subject = Agreement(on: "subject")
        // Nothing that could also be the code.
        subject.add("\u{7C}\u{7C}\u{7C}", at: "sub")
        return UpstreamIdentity(standing: .active, subject: subject)
    }
}
