/// A login by redirect that has begun.
public struct RedirectStart: Sendable {
    /// Where to send the user's browser.
    public let url: String
    /// What the app has to keep until the browser comes back.
    public let flow: RedirectFlow
}
