import IdentityBroker

/// A provider with a site of its own, to which a code is the person's name: `PERSON.NUMBER` signs the person in, and
/// `!KIND.NUMBER` fails with that kind.
struct SiteProvider: RedirectRequesting {
    struct Settings: Decodable, Sendable {
        var postsForms = false
    }

    static let manifest = ProviderManifest(
        type: "site", displayName: "Site", summary: "Signs in whoever the code names.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 200)], nonce: .absent)

    let issuer: Issuer
    private let id: ProviderID
    private let settings: Settings

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("https://upstream.example/\(context.id)") else {
            throw BrokerError(.misconfigured, "The issuer is none.")
        }
        (self.issuer, id, self.settings) = (issuer, context.id, settings)
    }

    static func instance(
        _ id: ProviderID,
        displayName: String? = nil,
        postsForms: Bool = false
    ) throws -> ProviderInstance {
        try ProviderInstance(
            SiteProvider.self, settings: Settings(postsForms: postsForms), context: ProviderContext(id: id),
            displayName: displayName)
    }

    var redirectForm: RedirectForm { RedirectForm(responseMode: settings.postsForms ? .formPost : .query) }

    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        AuthorizationRequest(
            url: "https://upstream.example/\(id)/authorize?client_id=me&response_type=code"
                + "&redirect_uri=\(flow.redirectURI.percentEncoded)&state=\(flow.state.reveal())"
                + "&code_challenge=\(flow.codeChallenge)&code_challenge_method=S256"
                + (settings.postsForms ? "&response_mode=form_post" : ""))
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let name = credential.value.reveal().prefix { $0 != "." }
        if name.hasPrefix("!") {
            let kind = BrokerError.Kind.allKinds.first { $0.rawValue == name.dropFirst() }
            throw BrokerError(kind ?? .internalError, "The code says so.")
        }
        var subject = Agreement(on: "subject")
        subject.add(String(name), at: "code")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.claims.name = "Name of \(name)"
        identity.claims.email = EmailAddress("\(name)@example.com").map { .verified(Verified($0)) }
        return identity
    }
}
