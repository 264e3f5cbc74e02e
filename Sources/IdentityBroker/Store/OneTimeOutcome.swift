/// What a login does with the credential that it reserved.
public enum OneTimeOutcome: String, Sendable, Hashable {
    /// It may have left: never again.
    case spent
    /// No byte of it can have left: it may be presented again.
    case released
}
