/// An app's own access token at its upstream, which all logins of an instance use.
public struct AppToken: Sendable {
    /// The token.
    public let secret: Secret
    /// How long the upstream says that it is good for, from when it was asked for; nil if it does not say.
    public let lifetime: Duration?

    /// Makes a token.
    public init(_ secret: Secret, lifetime: Duration?) {
        self.secret = secret
        self.lifetime = lifetime
    }
}

extension SharedValue where Value == AppToken {
    /// Declares an app's token: within ``SharedValueBounds/token``, fresh as long as it says, and kept out of logs and errors.
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
    /// Sends a request that carries an app's token beside the credential, and once more with a newer token if the upstream
    /// refuses that one.
    ///
    /// This is the one case in which a credential may leave twice: an upstream that refuses the app's token has not looked at
    /// the credential. It needs a newer token, and happens once a login. The audit event has the notice
    /// ``Notice/appTokenRenewed``.
    ///
    /// - Parameters:
    ///   - token: The app's token.
    ///   - isTokenRefused: Whether an answer refuses the token, and nothing else: a code in the upstream's table of those.
    ///   - makeRequest: Builds the request, the same for the same token. It holds no secret of the settings: where secret and
    ///     credential travel together, a refusal may have spent the credential.
    /// - Throws: ``BrokerError`` as ``send(_:)`` and ``shared(_:)`` do; of kind ``BrokerError/Kind/upstreamUnavailable`` if
    ///   the upstream refuses its token and issues no other, and ``BrokerError/Kind/misconfigured`` if it refuses a new one.
    public func send(
        with token: SharedValue<AppToken>,
        refusedIf isTokenRefused: (UpstreamResponse) -> Bool,
        _ makeRequest: (Secret) throws -> UpstreamRequest
    ) async throws -> UpstreamResponse {
        let first = try await shared(token).secret
        let request = try makeRequest(first)
        let response = try await send(request)
        guard isTokenRefused(response) else { return response }
        guard !ledger.isFound(in: request) else {
            throw BrokerError(
                .internalError, "The provider would send a secret of its settings and the credential a second time.")
        }
        let second = try await refetched(token).secret
        guard second != first else {
            throw BrokerError(.upstreamUnavailable, "The upstream refuses the app's token, and issues no other.")
        }
        let answer = try await transport.send(makeRequest(second), insteadOf: request)
        guard !isTokenRefused(answer) else {
            throw BrokerError(
                .misconfigured,
                "The upstream refuses a token that it has just issued. Check the app's permissions there.")
        }
        return answer
    }
}
