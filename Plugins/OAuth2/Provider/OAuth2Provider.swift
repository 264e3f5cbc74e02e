import Foundation
public import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// Signs users in with an OAuth 2.0 upstream that a ``Declaration`` describes.
///
/// ```swift
/// let codeberg = try ProviderInstance(
///     OAuth2Provider.self,
///     settings: .init(declaration: gitea, clientId: "broker", clientSecret: .environment("CODEBERG_CLIENT_SECRET")),
///     context: ProviderContext(id: "codeberg")
/// )
/// ```
///
/// A user signs in at the upstream's own site, by redirect. The upstream issues no ID token, so the user is whom it
/// describes to the bearer of the token that the code was redeemed for.
public struct OAuth2Provider: IdentityProvider {
    /// How e-mail addresses are asked for.
    struct Emails: Sendable {
        let request: Declaration.EmailsRequest
        let endpoint: Endpoint
        let rule: EmailsRule
    }

    /// The declaration's issuer, the one in the settings, or the other server that these lead to.
    public let issuer: Issuer
    /// The form of the upstream's redirects, by declaration and settings.
    public let redirectForm: RedirectForm

    let declaration: Declaration
    let client: Client
    let authorizationEndpoint: Endpoint
    let tokenEndpoint: Endpoint
    let profileEndpoint: Endpoint
    let emails: Emails?
    /// The parameters of the authorization request that are the same at each login.
    let parameters: FormFields
    let reader: AnswerReader
    private let acceptsNativeCodes: Bool

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    public init(settings: Settings, context: ProviderContext) throws {
        let declaration = settings.declaration
        for (_, check) in settings.checksOfOneSetting { try check(settings) }
        issuer = try settings.checkedIssuer()
        authorizationEndpoint = try settings.authorizationEndpoint()
        tokenEndpoint = try settings.tokenEndpoint()
        profileEndpoint = try settings.profileEndpoint()
        emails = try settings.checkedEmails()
        client = try settings.checkedClient(in: context)
        parameters = try settings.checkedParameters()
        redirectForm = RedirectForm(
            codeParameters: declaration.authorization.codeNames,
            furtherParameters: Set(declaration.authorization.carriedParameters),
            cancellationCodes: Set(declaration.authorization.cancellationCodes),
            usesPKCE: settings.pkce == .required,
            issuers: try settings.checkedAuthorizationIssuers(for: issuer))
        reader = AnswerReader(errors: declaration.errors, clock: context.clock)
        guard !settings.nativeCodes || declaration.authorization.carriedParameters.isEmpty else {
            let names = declaration.authorization.carriedParameters.joined(separator: ", ")
            throw BrokerError.fault(
                "nativeCodes cannot be true here: a code is redeemed with \(names), which only a redirect brings.")
        }
        acceptsNativeCodes = settings.nativeCodes
        self.declaration = declaration
    }

    /// Where browsers and requests go.
    public var endpoints: [ProviderEndpoint] {
        [
            ProviderEndpoint("authorization endpoint", authorizationEndpoint.server, isForBrowsers: true),
            ProviderEndpoint("token endpoint", tokenEndpoint.server),
            ProviderEndpoint("profile endpoint", profileEndpoint.server),
        ] + (emails.map { [ProviderEndpoint("endpoint for e-mail addresses", $0.endpoint.server)] } ?? [])
    }

    /// What the declaration says of the upstream, and whether codes of its own app are taken.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
        var manifest = declaration.describe(manifest)
        manifest.reliesOnStateAlone = declaration.pkce == .off && !redirectForm.usesPKCE
        return acceptsNativeCodes ? manifest.acceptingNativeCodes() : manifest
    }

    /// Redeems the code, and asks who the user is.
    ///
    /// - Throws: ``BrokerError``: what sending throws, and what the answers mean.
    public func authenticate(
        _ credential: Credential,
        in exchange: ExchangeContext
    ) async throws -> UpstreamIdentity {
        let redeemed = try reader.read(
            try await exchange.send(try tokenRequest(for: credential)), from: .token, as: declaration.token.format)
        let answer = try TokenAnswer(redeemed, tokenAt: declaration.token.accessToken)
        let profileRequest = try request(declaration.profile.use, to: profileEndpoint, with: answer)
        let contents = try reader.read(try await exchange.send(profileRequest), from: .profile)
        guard let record = declaration.profile.record.value(in: contents), record.object != nil else {
            throw AnswerReader.fault(.profile, "has no record where it is declared")
        }
        // Without an id in it, nothing else shows that there is a person.
        if declaration.subject.isEmpty, !declaration.claims.haveAny(in: record) {
            throw AnswerReader.fault(.profile, "has none of the declared claims")
        }
        let (email, notices) = try await email(for: answer, in: exchange)
        var identity = try identity(of: record, answer, email: email)
        identity.notices += notices.map(\.notice)
        return identity
    }
}

extension OAuth2Provider: RedirectRequesting {
    /// The upstream's authorization endpoint with an authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3).
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if the endpoint has parameters of the request in its own
    ///   query.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        var fields = parameters
        fields.add("redirect_uri", flow.redirectURI)
        fields.add("state", flow.state.reveal())
        if redirectForm.usesPKCE {
            fields.add("code_challenge", flow.codeChallenge)
            fields.add("code_challenge_method", "S256")
        }
        return AuthorizationRequest(url: try authorizationEndpoint.authorizationURL(with: fields))
    }
}
