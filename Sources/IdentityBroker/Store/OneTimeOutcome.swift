/// What a login makes of the credential it reserved.
public enum OneTimeOutcome: String, Sendable, Hashable {
    /// It may have left: never again.
    case spent
    /// No byte of it can have left: it may be presented again.
    case released
}
