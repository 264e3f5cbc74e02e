import IdentityBroker

/// The settings under `stores:`, around those of the kind.
enum StoreSettings {
    /// The kind that holds where nothing is said.
    static let defaultKind = "memory"

    /// The settings of a store; those of the kind are left out where the kind is not known.
    static func all(of kind: StoreKind?, kinds: [String]) -> [Setting] {
        [.required("kind", .choice(kinds), "Where spent credentials and audit events are kept.")]
            + (kind?.settings ?? [])
    }
}
