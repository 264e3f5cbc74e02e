/// The calls to a store that change something.
public enum StoreStep: String, Sendable, Hashable, CaseIterable {
    /// `OneTimeStore.reserve(_:at:)`.
    case reserve
    /// `AuditLog.append(_:)`.
    case append
    /// `LoginStore.conclude(_:as:recording:)`.
    case conclude
    /// `LoginStore.purge(at:atMost:)`.
    case purge
    /// `AccountStore.signIn(_:spending:recording:)`.
    case signIn
    /// `RecordStore.commit(_:at:)`.
    case commit
}
