/// Who has the store forget what is too old.
public enum Housekeeping: Sendable {
    /// The broker, beside its logins: with the first one, then once a minute, and more often under load.
    case automatic
    /// Something else that uses the same store. For a process that ends with its login and must not wait for a purge.
    case elsewhere
}
