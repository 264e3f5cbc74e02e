public import IdentityBroker

/// A token exchange (RFC 8693 §2.1): an upstream's credential for tokens of the broker's.
public struct ExchangeRequest: Sendable {
    /// Who asks.
    public let client: AuthenticatedClient
    /// Which provider instance the credential is for.
    public let provider: ProviderID
    /// The credential.
    public let credential: Credential
    /// The `scope` parameter as it came; nil where none did.
    public let scope: String?
    /// Every `audience` and `resource` parameter; none for the client's only one.
    public let audiences: [String]
    /// Who asks, where a limit on each caller's rate shall hold.
    public let caller: CallerKey?
    /// Who waits for the answer.
    package var requester: (any LoginRequester)?

    /// Makes a request.
    public init(
        client: AuthenticatedClient,
        provider: ProviderID,
        credential: Credential,
        scope: String? = nil,
        audiences: [String] = [],
        caller: CallerKey? = nil
    ) {
        self.client = client
        self.provider = provider
        self.credential = credential
        self.scope = scope
        self.audiences = audiences
        self.caller = caller
    }
}
