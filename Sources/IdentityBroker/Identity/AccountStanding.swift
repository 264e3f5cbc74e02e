/// Whether the upstream lets this person sign in.
public enum AccountStanding: Sendable, Hashable {
    /// The record shows nothing against it.
    case active
    /// Blocked by an administrator.
    case blocked
    /// Deleted; the record is a leftover.
    case deleted
    /// Suspended, resigned, archived or deactivated.
    case suspended
    /// A flag that gates access has a value that the provider does not know. The login is refused, since an unknown
    /// value might mean no.
    case unrecognized
}
