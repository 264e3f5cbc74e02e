import HTTPTypes

/// An app's own access token at its upstream, shared by all logins of an instance.
public struct AppToken: Sendable {
    /// The token.
    public let secret: Secret
    /// How long it is valid from the time of the request, according to the upstream; nil if it does not say.
    public let lifetime: Duration?

    /// Makes a token.
    public init(_ secret: Secret, lifetime: Duration?) {
        self.secret = secret
        self.lifetime = lifetime
    }
}

extension SharedValue where Value == AppToken {
    /// Declares an app's token: bounded by ``SharedValueBounds/token``, fresh for its stated lifetime, and kept out of
    /// logs and errors.
    public static func appToken(
        _ name: String,
        from request: UpstreamRequest,
        within bounds: SharedValueBounds = .token,
        reading read: @escaping @Sendable (UpstreamResponse) throws -> AppToken
    ) -> SharedValue {
        SharedValue(
            name, from: request, within: bounds, secrets: { [$0.secret] }, lifetime: { $0.lifetime }, reading: read)
    }
}

extension ExchangeContext {
    /// Sends a request that carries an app's token and the credential, and repeats it with a newer token if the
    /// upstream refuses the first.
    ///
    /// This is the only case in which a credential may leave twice: an upstream that refuses the app's token has not
    /// looked at the credential. It requires a newer token, and happens at most once per login. The audit event then
    /// has the notice ``Notice/appTokenRenewed``.
    ///
    /// - Parameters:
    ///   - token: The app's token.
    ///   - isTokenRefused: Whether an answer refuses the token and nothing else, by a code that the upstream documents.
    ///   - makeRequest: Builds the request, the same for the same token. It contains no secret from the settings: if
    ///     secret and credential are sent together, a refusal may have spent the credential.
    /// - Throws: ``BrokerError`` as ``send(_:)`` and ``shared(_:)`` do; of kind
    ///   ``BrokerError/Kind/upstreamUnavailable`` if the upstream refuses its token and issues no other, and
    ///   ``BrokerError/Kind/misconfigured`` if it also refuses a new one.
    public func send(
        with token: SharedValue<AppToken>,
        refusedIf isTokenRefused: (UpstreamResponse) -> Bool,
        _ makeRequest: (Secret) throws -> UpstreamRequest
    ) async throws -> UpstreamResponse {
        try transport.check(shared: token.request)
        let (first, firstFetch) = try await sharedValues.fetched(token, until: deadline)
        let request = try makeRequest(first.secret)
        guard !ledger.isFound(in: request) else {
            throw BrokerError(
                .internalError, "The provider would send a secret of its settings beside the credential and a token.")
        }
        let response = try await send(request)
        guard isTokenRefused(response) else { return response }
        let (second, secondFetch) = try await sharedValues.value(token, otherThan: firstFetch, until: deadline)
        guard second.secret != first.secret else {
            let error = BrokerError(.upstreamUnavailable, "The upstream refuses the app's token, and issues no other.")
            sharedValues.refuse(token, from: secondFetch, for: error)
            throw error
        }
        let again = try makeRequest(second.secret)
        guard again.without(second.secret) == request.without(first.secret) else {
            throw BrokerError(
                .internalError, "The provider would send the credential a second time, in another request than before.")
        }
        let answer = try await send(again, insteadOf: request)
        guard !isTokenRefused(answer) else {
            let error = BrokerError(
                .misconfigured,
                "The upstream refuses a token that it has just issued. Check the app's permissions there.")
            sharedValues.refuse(token, from: secondFetch, for: error)
            throw error
        }
        return answer
    }
}

extension UpstreamRequest {
    /// The request with a secret replaced wherever it appears.
    fileprivate func without(_ secret: Secret) -> UpstreamRequest {
        let search = SecretSearch(secret)
        func replaced(_ text: String) -> String { search.replacingMatches(in: text, with: "<token>") }
        var copy = self
        copy.head.path = head.path.map(replaced)
        copy.head.headerFields = HTTPFields(
            head.headerFields.map { HTTPField(name: $0.name, value: replaced($0.value)) })
        if let text = String(validating: body, as: UTF8.self) { copy.body = Array(replaced(text).utf8) }
        return copy
    }
}
