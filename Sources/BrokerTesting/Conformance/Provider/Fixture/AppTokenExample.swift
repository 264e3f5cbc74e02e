/// An app's token that a provider sends beside the credential, with `ExchangeContext.send(with:refusedIf:_:)`, and how the
/// upstream refuses it.
public struct AppTokenExample: Sendable {
    /// The token, as the fixture's answers issue it.
    public let token: String
    /// How the upstream refuses it in a request with the credential.
    public let refusals: [UpstreamRefusal]
    /// How many requests of an undisturbed login carry the token.
    public let requests: Int

    /// Creates an example.
    ///
    /// - Parameters:
    ///   - token: The token: at least 16 letters, digits and hyphens, which are sent as they are. The kit replaces it by
    ///     another in each answer that issues it, and puts it back before the fixture sees the request.
    ///   - refusals: One for each code by which the upstream says that it refuses the token and nothing else, with the
    ///     kind of the login's failure if it refuses a new token as well.
    ///   - requests: How many requests of an undisturbed login carry the token. The first of them is the one that
    ///     `refusals` refuse.
    public init(_ token: String, refusals: [UpstreamRefusal], requests: Int = 1) {
        self.token = token
        self.refusals = refusals
        self.requests = requests
    }
}
