import IdentityBroker

/// A provider type with a setting of every form. Its issuer shows the name it was given and that secrets were read.
struct RichProvider: IdentityProvider, LaunchRequesting, SettingsAdvising {
    static let manifest = ProviderManifest(
        type: "rich",
        displayName: "Rich",
        summary: "Has a setting of every form.",
        credentials: [],
        settings: [
            .required("name", .text, "A name."),
            .optional("endpoint", .url, default: "https://rich.example", "An address."),
            .optional("certificate", .path, "A file."),
            .optional("secret", .secret, "A secret."),
            .optional("fallback", .secret, "Another secret."),
            .optional("verbose", .boolean, default: "false", "A switch."),
            .optional("count", .integer(1...10), default: "3", "A number."),
            .optional("offset", .integer(.min ... .max), "Any number."),
            .optional("pause", .duration, default: "250ms", "A time."),
            .optional("budget", .size, default: "1MiB", "A size."),
            .optional("mode", .choice(["gentle", "strict"]), default: "strict", "A choice."),
            .optional("tags", .list(.text), default: "[]", "A list."),
            .optional("labels", .mapping(.text), "Names of the author's choice."),
            .optional("hosts", .list(.object(hostSettings)), "A list of objects."),
            .optional("nested", .object(nestedSettings), "An object."),
        ]
    )

    private static let hostSettings: [Setting] = [
        .required("host", .text, "Its name."),
        .optional("port", .integer(1...65535), default: "443", "Its port."),
    ]

    private static let nestedSettings: [Setting] = [
        .required("inner", .text, "An inner text."),
        .optional("token", .secret, "An inner secret."),
        .optional("issuer", .text, default: "{endpoint}/{name}", "Made of others."),
    ]

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        guard settings.name != "refused" else { throw BrokerError(.misconfigured, "The name is taken.") }
        guard settings.name != "mismatched" else {
            throw BrokerError(.misconfigured, "This does not fit nested.issuer, or tags.")
        }
        guard settings.name != "broken" else { throw Defect() }
        let secrets = try [settings.secret, settings.fallback].compactMap(\.self).map { try context.resolve($0) }
        guard settings.name != "leaky" else {
            throw BrokerError(.misconfigured, "I was given \(secrets.first?.reveal() ?? "nothing").")
        }
        let lengths = secrets.map { "\($0.byteCount)" }.joined(separator: "-")
        guard let issuer = Issuer("rich:\(settings.name):\(lengths)") else { throw Defect() }
        self.issuer = issuer
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        throw Defect()
    }

    static func launchRequest(settings: Settings) throws -> LaunchRequest {
        LaunchRequest(target: "rich", parameters: [.init("name", settings.name)])
    }

    static func advice(settings: Settings) -> [String] {
        settings.secret == nil ? ["Nothing is secret here."] : []
    }

    struct Defect: Error {}
}
