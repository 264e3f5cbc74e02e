public import IdentityBroker

/// A token exchange (RFC 8693 §2.1): an upstream's credential for the broker's tokens.
public struct ExchangeRequest: Sendable {
    /// The client that asks.
    public let client: AuthenticatedClient
    /// Which provider instance the credential is for.
    public let provider: ProviderID
    /// The credential.
    public let credential: Credential
    /// The `scope` parameter as received; nil if there was none.
    public let scope: String?
    /// Every `audience` and `resource` parameter; empty for the client's only one.
    public let audiences: [String]
    /// The caller, if a limit on each caller's rate applies.
    public let caller: CallerKey?
    /// The requester that waits for the answer.
    package var requester: (any LoginRequester)?

    /// Creates a request.
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
