import IdentityBroker

/// The settings under `stores:`, around those of the kind.
enum StoreSettings {
    static let defaultRetention: Duration = .seconds(24 * 60 * 60)
    /// Upstreams' credentials live for minutes. What is forgotten sooner could be redeemed twice, and what is kept for
    /// longer than a month is kept for nothing.
    static let retentions: ClosedRange<Duration> = .seconds(10 * 60) ... .seconds(720 * 60 * 60)

    /// The settings of a store; those of the kind are left out where the kind is not known.
    static func all(of kind: StoreKind?, kinds: [String], defaultKind: StoreKind?) -> [Setting] {
        common(kinds: kinds, defaultKind: defaultKind) + (kind?.settings ?? [])
    }

    /// The settings of a store of any kind.
    static func common(kinds: [String], defaultKind: StoreKind?) -> [Setting] {
        [
            .optional(
                "kind",
                .choice(kinds),
                default: defaultKind?.name,
                "Where spent credentials and audit events are kept."
            ),
            .optional(
                "retention",
                .duration,
                default: "24h",
                "For how long a credential that was presented is remembered, from 10m to 720h."
            ),
        ]
    }
}
