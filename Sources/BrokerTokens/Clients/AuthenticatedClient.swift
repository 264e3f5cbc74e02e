/// A client that has shown to be itself as far as it can. Only ``ClientDirectory`` makes one, so that no request forgets to.
public struct AuthenticatedClient: Sendable {
    /// The client as it was configured then.
    public let client: TokenClient

    /// - Important: For ``ClientDirectory`` alone.
    init(checked client: TokenClient) {
        self.client = client
    }
}
