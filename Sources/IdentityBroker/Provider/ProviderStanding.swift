/// The state of an instance, for what was begun with it.
package enum ProviderStanding: Sendable, Hashable {
    /// It serves.
    case enabled
    /// It is disabled, and may be enabled again.
    case disabled
    /// It does not exist (anymore).
    case absent
}
