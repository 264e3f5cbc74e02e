package import IdentityBroker

/// What a client may demand of the pages that a person sees (OpenID Connect Core §3.1.2.1).
package enum Prompt: String, Sendable, Hashable, Codable, CaseIterable {
    /// No page at all.
    case none
    /// The person signs in again.
    case login
    /// The person is asked what the client may know.
    case consent
    /// The person chooses how to sign in.
    case selectAccount = "select_account"
}

/// A valid request for an authorization code: of a known client, with an answer that goes where the client has registered.
///
/// It is an authorization request (RFC 6749 §4.1.1); with the scope `openid`, an authentication request (OpenID Connect
/// Core §3.1.2.1). What was unknown in it is ignored.
package struct AuthenticationRequest: Sendable, Equatable, Codable {
    /// The client's id.
    let client: String
    /// Where the answer goes.
    let target: ResponseTarget
    /// What is requested.
    let scope: ScopeList
    /// The resource servers that access tokens may be for.
    let audiences: [String]
    /// What the ID token repeats; nil for nothing.
    let nonce: String?
    /// What binds the code; nil only for a confidential client that may do without.
    let challenge: CodeChallenge?
    /// What the person has to see, or may not.
    let prompts: Set<Prompt>
    /// How long ago the person may have signed in, in seconds; nil for any time.
    let maxAge: Int64?
    /// Single claims.
    let claims: ClaimsRequest
    /// The instance to sign in with; nil for any.
    let provider: String?
    /// Whom the client expects, in its own words; nil for no one.
    let loginHint: String?
    /// The languages that the client asks for, preferred ones first.
    let uiLocales: [String]
    /// The authentication context classes that the client asks for, preferred ones first.
    let acrValues: [String]
    /// The page of the broker's own that it is for; nil if a client made it.
    var ownPage: OwnPage?

    /// The person that the answer must be about: the account's id; nil for anyone.
    var subject: String?

    /// The id of the pushed request that it was; nil if a browser brought the parameters.
    var pushed: String?

    /// The ID token that says whom the client expects, as received; nil for none. It is not stored.
    var idTokenHint: Secret?

    private enum CodingKeys: String, CodingKey {
        case client, target, scope, audiences, nonce, challenge, prompts, maxAge, claims, provider, subject
        case loginHint, uiLocales, acrValues, ownPage, pushed
    }

    /// The instance to sign in with; nil for any.
    package var providerID: ProviderID? { provider.flatMap(ProviderID.init) }

    /// What its answer consumes: the pushed request that it was, if it was one.
    var consumption: [StoreOperation] {
        pushed.flatMap { RecordID($0) }.map { [.consume(PushedRequest.key($0))] } ?? []
    }

    /// What a person has to allow: the scopes, and those that cover the single claims.
    var consentScope: ScopeList {
        ScopeList(scope.scopes.union(claims.scopes), isOffline: scope.isOffline)
    }
}

extension AuthenticationRequest {
    /// Reads a request that a browser brings.
    ///
    /// - Parameters:
    ///   - text: The query of a `GET`, or the form of a `POST`.
    ///   - clients: The clients that are served.
    ///   - issuer: What answers call this broker.
    /// - Throws: ``AuthorizationRefusal``.
    package init(
        _ text: Substring,
        from clients: ClientDirectory,
        issuer: String
    ) throws(AuthorizationRefusal) {
        let (parameters, client, redirectURI): (RequestParameters, TokenClient, String)
        do throws(OAuthError) {
            parameters = try RequestParameters(text)
            client = try Self.client(named: parameters["client_id"], in: clients)
            redirectURI = try Self.redirectURI(parameters["redirect_uri"], of: client)
        } catch {
            throw .page(error)
        }
        // An unknown mode is itself an error, which goes the standard way.
        let mode = ResponseMode(rawValue: parameters["response_mode"] ?? "") ?? .query
        let target = ResponseTarget(redirectURI: redirectURI, mode: mode, state: parameters["state"])
        do throws(OAuthError) {
            try self.init(parameters, of: client, answering: target)
            guard !client.authorization.requiresPushedRequests else {
                throw OAuthError(.invalidRequest, "The client has to push its requests (RFC 9126).")
            }
        } catch {
            throw .client(AuthorizationResponse(error, to: target, from: issuer), error)
        }
    }

    /// Reads a request that its client pushes (RFC 9126 §2.1).
    ///
    /// - Throws: ``OAuthError`` for the client.
    init(pushed parameters: RequestParameters, by client: TokenClient) throws(OAuthError) {
        guard parameters["client_id"].map({ $0.utf8.elementsEqual(client.id.utf8) }) ?? true else {
            throw OAuthError(.invalidRequest, "The client_id is of another client.")
        }
        let mode = ResponseMode(rawValue: parameters["response_mode"] ?? "") ?? .query
        let target = ResponseTarget(
            redirectURI: try Self.redirectURI(parameters["redirect_uri"], of: client), mode: mode,
            state: parameters["state"])
        try self.init(parameters, of: client, answering: target)
    }

    private static func client(
        named id: String?,
        in clients: ClientDirectory
    ) throws(OAuthError) -> TokenClient {
        guard let id else { throw OAuthError(.invalidRequest, "The request names no client.") }
        guard let client = clients[id], client.id.utf8.elementsEqual(id.utf8) else {
            throw OAuthError(.invalidRequest, "The request names a client that does not exist.")
        }
        return client
    }

    private static func redirectURI(_ requested: String?, of client: TokenClient) throws(OAuthError) -> String {
        guard let requested else { throw OAuthError(.invalidRequest, "The request has no redirect_uri.") }
        guard client.redirectURI(matching: requested) != nil else {
            throw OAuthError(.invalidRequest, "The client has not registered the redirect_uri of the request.")
        }
        return requested
    }

    /// Reads what a request asks for, once it is known whom to answer.
    ///
    /// - Throws: ``OAuthError`` for the client.
    private init(
        _ parameters: RequestParameters,
        of client: TokenClient,
        answering target: ResponseTarget
    ) throws(OAuthError) {
        try Self.checkForm(of: parameters)
        guard client.grants.contains(.authorizationCode) else {
            throw OAuthError(.unauthorizedClient, "The client may not get authorization codes.")
        }
        challenge = try CodeChallenge(parameters)
        guard challenge != nil || client.authorization.pkce == .optional else {
            throw OAuthError(.invalidRequest, "The request needs a code_challenge (PKCE, RFC 7636).")
        }
        self.client = client.id
        self.target = target
        scope = try Self.scope(parameters["scope"], of: client)
        audiences = try Self.audiences(parameters, of: client)
        nonce = parameters["nonce"]
        prompts = try Self.prompts(parameters.words("prompt"))
        maxAge = try Self.maxAge(parameters["max_age"])
        claims = try parameters["claims"].map { text throws(OAuthError) in try ClaimsRequest(text) } ?? ClaimsRequest()
        provider = try Self.provider(parameters["provider"], of: client)?.rawValue
        loginHint = parameters["login_hint"]
        uiLocales = parameters.words("ui_locales")
        acrValues = parameters.words("acr_values")
        subject = claims.subject
        idTokenHint = parameters["id_token_hint"].map { Secret($0) }
    }

    /// Refuses what would have to change the meaning of all other parameters, and is not supported; never silently.
    private static func checkForm(of parameters: RequestParameters) throws(OAuthError) {
        guard parameters["request"] == nil else {
            throw OAuthError(.requestNotSupported, "Send the parameters themselves, not a request object.")
        }
        guard parameters["request_uri"] == nil else {
            throw OAuthError(.requestURINotSupported, "Send the parameters themselves, not a request_uri.")
        }
        guard parameters["registration"] == nil else {
            throw OAuthError(.registrationNotSupported, "Clients are registered by the broker's operator.")
        }
        guard let type = parameters["response_type"] else {
            throw OAuthError(.invalidRequest, "The request has no response_type.")
        }
        guard type == "code" else {
            throw OAuthError(.unsupportedResponseType, "The only response_type is code.")
        }
        if let mode = parameters["response_mode"], ResponseMode(rawValue: mode) == nil {
            throw OAuthError(.invalidRequest, "The response_mode must be query or form_post.")
        }
    }

    /// Scopes that are not understood are ignored (OpenID Connect Core §3.1.2.1), as is `offline_access` of a client that
    /// may not refresh (§11).
    private static func scope(_ text: String?, of client: TokenClient) throws(OAuthError) -> ScopeList {
        let words = (text ?? "").split(separator: " ")
        guard words.allSatisfy({ $0.utf8.allSatisfy(\.isScopeCharacter) }) else {
            throw OAuthError(.invalidScope, "The scope has characters that no scope has (RFC 6749 3.3).")
        }
        return ScopeList(
            Set(words.compactMap { Scope(rawValue: String($0)) }),
            isOffline: words.contains { $0 == ScopeList.offlineAccess } && client.grants.contains(.refreshToken))
    }

    /// All of the client's, unless the request names one (RFC 8707 §2.1).
    private static func audiences(
        _ parameters: RequestParameters,
        of client: TokenClient
    ) throws(OAuthError) -> [String] {
        let named = ["audience", "resource"].compactMap { parameters[$0] }
        guard named.allSatisfy(client.audiences.contains) else {
            throw OAuthError(.invalidTarget, "The client may not get tokens for this audience.")
        }
        return named.isEmpty ? client.audiences : client.audiences.filter(named.contains)
    }

    private static func prompts(_ words: [String]) throws(OAuthError) -> Set<Prompt> {
        let prompts = words.compactMap(Prompt.init)
        guard prompts.count == words.count else {
            let known = Prompt.allCases.map(\.rawValue).joined(separator: ", ")
            throw OAuthError(.invalidRequest, "The prompt has unknown values. Known are: \(known).")
        }
        guard !prompts.contains(.none) || Set(prompts) == [.none] else {
            throw OAuthError(.invalidRequest, "The prompt none goes with no other.")
        }
        return Set(prompts)
    }

    /// Whole seconds, of which ten digits are three centuries.
    private static func maxAge(_ text: String?) throws(OAuthError) -> Int64? {
        guard let text else { return nil }
        guard text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let age = Int64(text) else {
            throw OAuthError(.invalidRequest, "The max_age must be a number of seconds, of up to 10 digits.")
        }
        return age
    }

    private static func provider(_ text: String?, of client: TokenClient) throws(OAuthError) -> ProviderID? {
        guard let text else { return nil }
        guard let provider = ProviderID(text) else {
            throw OAuthError(.invalidRequest, "The parameter provider is not a provider id.")
        }
        // A client learns nothing about what others use.
        guard client.mayUse(provider) else { throw .unknown(provider) }
        return provider
    }
}

extension UInt8 {
    /// Whether a scope may have the character: `%x21 / %x23-5B / %x5D-7E` (RFC 6749 §3.3).
    fileprivate var isScopeCharacter: Bool { (0x21...0x7E).contains(self) && self != 0x22 && self != 0x5C }
}
