/// Whether the upstream lets this person in.
public enum AccountStanding: Sendable, Hashable {
    /// The record says nothing against it.
    case active
    /// Blocked by an administrator.
    case blocked
    /// Deleted; the record is a leftover.
    case deleted
    /// Suspended, resigned, archived or deactivated.
    case suspended
    /// A flag that gates access has a value that the provider does not know. It is refused: what is not understood might
    /// mean no.
    case unrecognized
}
