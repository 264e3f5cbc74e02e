import ArgumentParser
import BrokerConfiguration
import BrokerSandbox
import IdentityBroker
import StrictJSON

struct ProvidersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers",
        abstract: "Lists the configured provider instances or the types, describes a type, or creates a new one.",
        discussion: """
            Examples:
              broker providers
              broker providers types
              broker providers describe TYPE
              broker providers new corp-directory
            """,
        subcommands: [
            ListProvidersCommand.self, ListTypesCommand.self, DescribeProviderCommand.self, NewProviderCommand.self,
        ],
        defaultSubcommand: ListProvidersCommand.self
    )
}

struct ListProvidersCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the configured provider instances.",
        discussion: """
            Example:
              broker providers list --format json
            """
    )

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let entries = try common.loadConfiguration(in: composition).providers
        switch common.format {
        case .json:
            let rows = entries.map { entry -> JSONValue in
                [
                    "id": .string(entry.id.rawValue),
                    "type": .string(entry.manifest.type),
                    "display_name": .string(entry.displayName),
                    "enabled": .bool(entry.isEnabled),
                ]
            }
            try composition.console.write(JSONValue.array(rows).terminalJSON)
        case .text:
            var table = TextTable()
            table.heading("Providers in \(common.configurationPath)")
            for entry in entries {
                let state = entry.isEnabled ? "" : ", switched off"
                table.row(entry.id.rawValue, "\(entry.displayName) (type \(entry.manifest.type)\(state))")
            }
            try composition.console.write(table.rendered(in: composition.console.style))
        }
    }
}

struct ListTypesCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "Lists the provider types that a configuration may name.",
        discussion: """
            It needs no configuration. Types that are described in the language of your locale are shown in it.

            Example:
              broker providers types
            """
    )

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let kinds = composition.providers.all
        switch common.format {
        case .json:
            let rows = kinds.map { kind -> JSONValue in
                var row: JSONObject = [
                    "type": .string(kind.manifest.type),
                    "display_name": .string(kind.manifest.displayName),
                    "summary": .string(kind.manifest.summary),
                    "credentials": .strings(kind.manifest.credentials.map(\.kind.rawValue)),
                    "capabilities": .strings(kind.capabilities.map(\.rawValue).sorted()),
                ]
                row["translations"] = Self.translations(of: kind.manifest)
                return .object(row)
            }
            try composition.console.write(JSONValue.array(rows).terminalJSON)
        case .text:
            var table = TextTable()
            table.heading("Provider types")
            for kind in kinds {
                let description = TypeDescription(kind, for: composition.console.languages)
                table.row(kind.manifest.type, description.summary)
            }
            try composition.console.write(table.rendered(in: composition.console.style))
        }
    }

    /// Name and summary by language; nil if there are no translations.
    private static func translations(of manifest: ProviderManifest) -> JSONValue? {
        guard !manifest.translations.isEmpty else { return nil }
        return .object(
            JSONObject(
                manifest.translations.sorted { $0.key < $1.key }.map { language, texts in
                    (language, ["display_name": .string(texts.displayName), "summary": .string(texts.summary)])
                }))
    }
}

struct DescribeProviderCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Describes a provider type: what it does and which settings it takes.",
        discussion: """
            It needs no configuration. A type that is described in the language of your locale is shown in it, with what it \
            lacks in English. With --markdown the page is English unless you give a language; with --format json all \
            languages are there.

            Examples:
              broker providers describe TYPE
              broker providers describe TYPE --language zh
              broker providers describe TYPE --declaration > upstream.yaml
              broker providers describe TYPE --markdown > TYPE.md
              broker providers describe TYPE --markdown --language zh > TYPE.zh.md
            """
    )

    @Argument(help: "The provider type, as in the configuration.")
    var type: String

    @Flag(help: "Print only the declaration that makes the type, as YAML to begin another with.")
    var declaration = false

    @Flag(name: .long, help: "Write a page of documentation in Markdown.")
    var markdown = false

    @Option(
        name: .long,
        parsing: .unconditional,
        help: ArgumentHelp(
            "The language of the description, such as zh (default: your locale's; with --markdown, English).",
            valueName: "tag")
    )
    var language: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !markdown || common.format == .text else {
            throw ValidationError("--markdown goes without --format json.")
        }
        guard let language else { return }
        guard common.format == .text, !declaration else {
            throw ValidationError("--language goes without --format json and --declaration.")
        }
        guard UserLanguage.primarySubtag(of: language) != nil else {
            throw ValidationError("--language takes the tag of a language, such as zh.")
        }
    }

    func run(in composition: Composition) async throws(BrokerError) {
        guard let kind = composition.providers[type] else {
            let types = composition.providers.all.map(\.manifest.type)
            let advice = NearestName.advice(for: type, among: types, known: "types")
            throw BrokerError(.unknownProvider, "Unknown provider type. \(advice)")
        }
        if declaration { return try composition.console.write(text(ofDeclarationOf: kind.manifest, in: composition)) }
        guard !markdown else {
            let hasSandbox = composition.sandboxes.contains { $0.providerType == type }
            let page = ManifestMarkdown(TypeDescription(kind, for: chosenLanguages ?? []), hasSandbox: hasSandbox)
            return try composition.console.write(page.text)
        }
        switch common.format {
        case .json: try composition.console.write(ManifestReport(kind: kind).members.terminalJSON)
        case .text:
            let description = TypeDescription(kind, for: chosenLanguages ?? composition.console.languages)
            try composition.console.write(ManifestText(description).rendered(in: composition.console.style))
        }
    }

    /// The language that `--language` gives; nil without it.
    private var chosenLanguages: [String]? {
        language.flatMap(UserLanguage.primarySubtag).map { [$0] }
    }

    private func text(
        ofDeclarationOf manifest: ProviderManifest,
        in composition: Composition
    ) throws(BrokerError) -> String {
        guard let declaration = manifest.declaration else {
            let declared = composition.providers.all.map(\.manifest).filter { $0.declaration != nil }.map(\.type)
            let known = declared.isEmpty ? "none" : declared.joined(separator: ", ")
            let takesOne = manifest.settings.contains { if case .document = $0.form { true } else { false } }
            throw BrokerError(
                .misconfigured,
                takesOne
                    ? """
                    The type \(manifest.type) takes a declaration of yours, and has none of its own. Print one to begin with, of: \
                    \(known).
                    """
                    : "The type \(manifest.type) is made from code, and has no declaration. Types that have one: \(known)."
            )
        }
        switch common.format {
        case .json: return declaration.terminalJSON
        // The console ends it with a line break.
        case .text:
            return String(YAMLText(declaration, in: Self.settings(of: declaration, in: composition)).text.dropLast())
        }
    }

    /// What describes a declaration: a setting of another type that takes all of it.
    private static func settings(of declaration: JSONObject, in composition: Composition) -> [Setting] {
        let documents = composition.providers.all.flatMap(\.manifest.settings).compactMap { setting in
            if case .document(let settings) = setting.form { settings } else { nil }
        }
        return documents.first { Set($0.map(\.key)).isSuperset(of: declaration.map(\.name)) } ?? []
    }
}
