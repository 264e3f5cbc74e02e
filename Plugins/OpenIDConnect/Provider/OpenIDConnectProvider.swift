import Foundation
public import IdentityBroker
import JOSE
import StrictJSON
import UpstreamAPI

/// Signs users in with any OpenID provider, which is found by its issuer (OpenID Connect Core 1.0, Discovery 1.0).
///
/// ```swift
/// let work = try ProviderInstance(
///     OpenIDConnectProvider.self,
///     settings: .init(
///         issuer: "https://id.example.com", clientId: "broker", clientSecret: .environment("WORK_CLIENT_SECRET")),
///     context: ProviderContext(id: "work")
/// )
/// ```
///
/// A user signs in at the provider's own site, by redirect; or in an app, whose native ID token is then presented.
public struct OpenIDConnectProvider: IdentityProvider {
    /// The issuer in the settings, whichever of its spellings or tenants a token has.
    public let issuer: Issuer
    /// The setting `nonce`.
    public let nonceRule: NonceRule?
    /// The form of the provider's redirects, by the settings.
    public let redirectForm: RedirectForm

    let discovery: Discovery
    let authentication: ClientAuthentication
    let rules: IDTokenRules
    let pushRule: PushRule
    let userInfoRule: UserInfoRule
    let scopes: [String]
    let subjectClaims: [String]
    /// The parameters of the authorization request that are the same at each login.
    let parameters: FormFields
    let peculiarities: Peculiarities
    let clock: BrokerClock
    /// What only an operator can mend about requests to the userinfo endpoint, so that it is not logged at each login.
    let userInfoTrouble = Locked(LastingTrouble<String>())
    private let acceptsNativeCodes: Bool

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    public init(settings: Settings, context: ProviderContext) throws {
        let issuers = try settings.checkedIssuers()
        issuer = try settings.checkedIssuer(of: issuers)
        let secret = try settings.clientSecret.map { try context.resolve($0) }
        authentication = try settings.checkedAuthentication(at: issuers, secret: secret, in: context)
        rules = try settings.checkedRules(issuers: issuers, secret: secret)
        scopes = try settings.checkedScopes()
        parameters = try settings.checkedParameters(scopes: scopes)
        discovery = try Discovery(
            of: issuers.documentIssuer, at: issuers.location(at: settings.discoveryTenant),
            overrides: settings.checkedEndpoints(), asksUserInfo: settings.userInfo != .never, clock: context.clock)
        guard settings.par != .required || !discovery.isComplete else {
            throw BrokerError.fault(
                """
                par is required, but the endpoint for pushed requests is found by discovery, and with all of endpoints set \
                there is none. Remove one of endpoints, or set par to off.
                """)
        }
        pushRule = settings.par
        userInfoRule = settings.userInfo
        subjectClaims = settings.subjectClaims
        nonceRule = settings.nonce
        acceptsNativeCodes = settings.nativeCodes
        peculiarities = settings.peculiarities
        redirectForm = RedirectForm(
            responseMode: settings.responseMode, furtherParameters: peculiarities.postsName ? ["user"] : [],
            cancellationCodes: peculiarities.cancellationCodes, usesPKCE: settings.pkce == .required,
            issuers: issuers.known)
        clock = context.clock
    }

    /// Where browsers and requests go by the settings.
    public var endpoints: [ProviderEndpoint] { discovery.addresses }

    /// Whether codes are taken that an app got itself.
    public func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
        acceptsNativeCodes ? manifest.acceptingNativeCodes() : manifest
    }

    /// Redeems the code of a redirect or of an app, or verifies a native ID token.
    ///
    /// - Throws: ``BrokerError``: what sending throws, and what the answers and the ID token mean.
    public func authenticate(
        _ credential: Credential,
        in exchange: ExchangeContext
    ) async throws -> UpstreamIdentity {
        if credential.kind == .idToken {
            let metadata = try await discovery.metadata { try await exchange.shared($0) }
            let keys = try keys(by: metadata)
            let token = try await verified(credential.value.reveal(), from: .native, by: metadata, keys, in: exchange)
            var identity = try identity(of: Profile(idToken: token.claims, userInfo: nil, peculiarities))
            identity.credentialExpiry = token.claims["exp"]?.double.map(Date.init(timeIntervalSince1970:))
            return identity
        }
        let metadata = try await metadataForRedirect { try await exchange.shared($0) }
        let keys = try keys(by: metadata)
        // Before the code is spent, since without the keys it would be spent for nothing.
        if let keys { _ = try await exchange.shared(keys) }
        let request = try tokenRequest(for: credential, by: metadata)
        let answer = try TokenAnswer(try await exchange.send(request), at: clock.now(), by: peculiarities)
        let token = try await verified(
            answer.idToken, from: .redirect(code: credential.value, accessToken: answer.accessToken), by: metadata,
            keys, in: exchange)
        try checkAnswerer(of: credential, for: token)
        let (userInfo, notices) = try await userInfo(
            beside: token, for: answer.accessToken, by: metadata, keys, in: exchange)
        var identity = try identity(of: Profile(idToken: token.claims, userInfo: userInfo, peculiarities))
        if let user = credential.parts["user"] { identity.claims.addName(postedIn: user) }
        identity.notices += notices
        identity.token = answer.accessToken
        identity.furtherSecrets = answer.secrets
        return identity
    }

    /// Refuses a token of another issuer than the answer's (RFC 9207 §2.4): where there are several tenants, the answer
    /// may name any of them.
    private func checkAnswerer(of credential: Credential, for token: SignedClaims) throws(BrokerError) {
        guard let issuer = credential.issuer else { return }
        guard let spellings = try? rules.issuers.spellings(for: token.claims), spellings.hasSame(issuer) else {
            throw BrokerError(.invalidCredential, "The answer does not come from the issuer of the ID token.")
        }
    }

    /// The request that redeems a code (RFC 6749 §4.1.3, RFC 7636 §4.5).
    private func tokenRequest(
        for credential: Credential,
        by metadata: ProviderMetadata
    ) throws -> UpstreamRequest {
        var fields = FormFields()
        fields.add("grant_type", "authorization_code")
        fields.add("code", credential.value.reveal())
        if let flow = credential.flow {
            fields.add("redirect_uri", flow.redirectURI)
            if redirectForm.usesPKCE { fields.add("code_verifier", flow.codeVerifier.reveal()) }
        } else {
            for part in [CodePart.redirectURI, .verifier] {
                if let value = credential.parts[part.rawValue] { fields.add(part.rawValue, value.reveal()) }
            }
        }
        for parameter in peculiarities.tokenParameters { fields.add(parameter.name, parameter.value) }
        return try clientRequest(to: metadata.endpoint(\.token, "token_endpoint"), with: fields, by: metadata)
    }
}
