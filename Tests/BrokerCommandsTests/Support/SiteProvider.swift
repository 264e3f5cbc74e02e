import Foundation
import IdentityBroker
import LoopbackServer

/// Signs in at a site that is the test itself.
struct SiteProvider: IdentityProvider, RedirectRequesting {
    struct Settings: Decodable, Sendable {
        let mode: String
    }

    static let manifest = ProviderManifest(
        type: "site",
        displayName: "Site",
        summary: "Signs in at a site.",
        credentials: [CredentialForm(kind: .authorizationCode)],
        nonce: .absent,
        settings: [.required("mode", .choice(["query", "form_post"]), "How the browser answers.")]
    )

    /// Whether a login with the code `slow` waits.
    static let isSlow = Monitor(false)

    let issuer = Issuer.example
    let redirectForm: RedirectForm

    init(settings: Settings, context: ProviderContext) throws {
        redirectForm = RedirectForm(responseMode: .init(rawValue: settings.mode) ?? .query)
    }

    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        var components = URLComponents()
        (components.scheme, components.host, components.path) = ("https", "site.example", "/authorize")
        components.queryItems = [
            URLQueryItem(name: "redirect_uri", value: flow.redirectURI),
            URLQueryItem(name: "state", value: flow.state.reveal()),
            URLQueryItem(name: "code_challenge", value: flow.codeChallenge),
            URLQueryItem(name: "code_challenge_method", value: "S256"),
        ]
        if redirectForm.responseMode == .formPost {
            components.queryItems?.append(URLQueryItem(name: "response_mode", value: "form_post"))
        }
        return AuthorizationRequest(url: components.string ?? "")
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        switch credential.value.reveal() {
        case "bad": throw BrokerError(.invalidCredential, "The site refused the code.")
        case "slow":
            Self.isSlow.withState { $0 = true }
            try await Self.isSlow.wait { $0 ? nil : () }
        default: break
        }
        var subject = Agreement(on: "subject")
        subject.add("person-1", at: "id")
        return UpstreamIdentity(standing: .active, subject: subject)
    }
}

extension Issuer {
    fileprivate static var example: Issuer {
        guard let issuer = Issuer("https://site.example") else { preconditionFailure("The text is an issuer.") }
        return issuer
    }
}
