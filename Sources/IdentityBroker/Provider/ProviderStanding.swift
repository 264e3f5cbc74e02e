/// How an instance stands for what was begun with it.
package enum ProviderStanding: Sendable, Hashable {
    /// It serves.
    case enabled
    /// It is switched off, and may be switched on again.
    case disabled
    /// There is none of that id (any more).
    case absent
}
