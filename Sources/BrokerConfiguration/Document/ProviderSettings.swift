import IdentityBroker

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
