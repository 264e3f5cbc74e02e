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
