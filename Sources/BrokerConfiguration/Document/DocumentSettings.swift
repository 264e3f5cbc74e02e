import IdentityBroker

/// The settings of the document itself.
enum DocumentSettings {
    static let version = 1

    /// The settings, given what may stand under two of them.
    static func all(providers: Setting.Form, stores: Setting.Form) -> [Setting] {
        [
            .required("version", .integer(version...version), "Begin the file with 'version: \(version)'."),
            .required("providers", providers, "The provider instances, each under its id."),
            .optional("stores", stores, "Where spent credentials and audit events are kept, and for how long."),
        ]
    }
}
