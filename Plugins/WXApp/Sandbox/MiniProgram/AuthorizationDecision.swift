/// What the user does when the mini program asks.
public enum AuthorizationDecision: String, Sendable, Hashable {
    /// Lets the app have the profile.
    case agree

    /// Declines.
    case refuse
}
