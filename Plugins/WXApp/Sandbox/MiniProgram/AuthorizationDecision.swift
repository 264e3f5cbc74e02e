/// What the user does when the mini program asks.
public enum AuthorizationDecision: String, Sendable, Hashable {
    /// Grants the app access to the profile.
    case agree

    /// Declines.
    case refuse
}
