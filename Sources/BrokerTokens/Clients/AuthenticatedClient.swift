/// A client that has authenticated as far as it can. Only ``ClientDirectory`` creates one, so no request can skip
/// authentication.
public struct AuthenticatedClient: Sendable {
    /// The client as it was configured at that time.
    public let client: TokenClient

    /// - Important: For ``ClientDirectory`` alone.
    init(checked client: TokenClient) {
        self.client = client
    }
}
