import IdentityBroker

/// The settings of the document itself.
enum DocumentSettings {
    static let version = 1

    /// The settings, given the forms of some of them.
    static func all(providers: Setting.Form, stores: Setting.Form, clients: Setting.Form) -> [Setting] {
        [
            .required("version", .integer(version...version), "Begin the file with 'version: \(version)'."),
            .required("providers", providers, "The provider instances, each under its id."),
            .optional("stores", stores, "Where spent credentials and audit events are kept, and for how long."),
            .optional("server", .object(ServerSettings.all), "The service that gives tokens to apps: 'broker serve'."),
            .optional("clients", clients, "The apps that may get tokens from the service, each under its id."),
        ]
    }
}

/// The settings of a provider instance, including those of its type.
enum ProviderSettings {
    /// The settings of an instance; without the type's if the type is unknown.
    static func all(of manifest: ProviderManifest?, types: [String]) -> [Setting] {
        let own: [Setting] = [
            .required("type", .choice(types), "The provider type."),
            .optional("displayName", .text, default: manifest?.displayName, "The name for people."),
            .optional("enabled", .boolean, default: "true", "The kill switch: false refuses every login."),
            .optional("limits", .object(LimitSettings.all), "How much the instance may use."),
            .optional(
                "network", .object(NetworkSettings.all), "Where the instance may connect, and whom it trusts."),
            .optional(
                "attributes",
                .mapping(.text),
                """
                More attributes, by name, each with the JSON Pointer (RFC 6901) to its value in the upstream's record, \
                such as /groups. 'broker login --include-raw' shows the record.
                """
            ),
            .optional(
                "admit",
                .list(.object(AccessRuleSettings.all)),
                "Who may sign in: a list of rules that must all hold. By default, everyone."
            ),
        ]
        guard let manifest else { return own }
        let form = Setting.Form.object(manifest.settings)
        let documentation = "The settings of the type \(manifest.type)."
        let isRequired = manifest.settings.contains(where: \.isRequired)
        return own + [
            isRequired ? .required("settings", form, documentation) : .optional("settings", form, documentation)
        ]
    }
}

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
