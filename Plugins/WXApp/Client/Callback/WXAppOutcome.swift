/// How the visit to the mini program ended.
public enum WXAppOutcome: Sendable {
    /// The user signed in, and this is the ticket. It came through the client and proves nothing until a server has
    /// exchanged it.
    case authorized(WXAppTicket)
    /// The user refused, or came back without finishing.
    case cancelled
    /// Signing in failed.
    case failed(WXAppFailure)
}
