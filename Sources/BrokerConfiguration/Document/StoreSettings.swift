import IdentityBroker

/// The settings under `stores:`, including those of the kind.
enum StoreSettings {
    static let defaultRetention: Duration = .seconds(24 * 60 * 60)
    /// Upstreams' credentials live for minutes. One forgotten sooner could be redeemed twice, and keeping one longer
    /// than a month is useless.
    static let retentions: ClosedRange<Duration> = .seconds(10 * 60) ... .seconds(720 * 60 * 60)

    /// The settings of a store; without the kind's if the kind is unknown.
    static func all(of kind: StoreKind?, kinds: [String], defaultKind: StoreKind?) -> [Setting] {
        common(kinds: kinds, defaultKind: defaultKind) + (kind?.settings ?? [])
    }

    /// The settings common to all kinds of store.
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
