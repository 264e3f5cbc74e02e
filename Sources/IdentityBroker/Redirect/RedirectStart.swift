/// A redirect login that has begun.
public struct RedirectStart: Sendable {
    /// Where to send the user's browser.
    public let url: String
    /// What the app must keep until the browser comes back.
    public let flow: RedirectFlow
}
