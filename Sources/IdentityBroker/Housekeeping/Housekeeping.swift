/// Who has the store remove old entries.
public enum Housekeeping: Sendable {
    /// The broker, alongside its logins: at the first one, then once a minute, and more often under load.
    case automatic
    /// Another user of the same store. For a process that ends with its login and must not wait for a purge.
    case elsewhere
}
