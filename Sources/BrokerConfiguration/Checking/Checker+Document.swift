import IdentityBroker

extension Checker {
    /// Checks the document's members against the settings of the provider types and the store kind that it names.
    mutating func checkDocument(
        _ root: SourceNode,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) -> [String: CheckedValue]? {
        guard checkVersion(of: root) else { return nil }
        checkProviderIDs(in: root.member("providers"))
        let types = providers.all.map(\.manifest.type)
        let instances = (root.member("providers")?.members ?? []).map { member in
            let manifest = Self.manifest(of: member.value, in: providers)
            let form = Setting.Form.object(ProviderSettings.all(of: manifest, types: types))
            return Setting.optional(member.key, form, "A provider instance.")
        }
        disabledPaths = (root.member("providers")?.members ?? []).filter { $0.value.isDisabled }
            .map { "\(SettingPath.document.appending("providers").appending($0.key, at: $0.value.position).text)." }
        let kind = Self.kind(of: root.member("stores"), in: stores)
        let storeSettings = StoreSettings.all(of: kind, kinds: stores.all.map(\.name), defaultKind: stores.defaultKind)
        checkClientIDs(in: root.member("clients"))
        let clients = (root.member("clients")?.members ?? []).map { member in
            Setting.optional(member.key, .object(ClientSettings.all), "A client.")
        }
        let settings = DocumentSettings.all(
            providers: .object(instances), stores: .object(storeSettings), clients: .object(clients))
        let judgeable = Self.judgeable(root, providers: providers, stores: stores)
        var members = checkObject(judgeable, of: settings, at: .document)
        if members != nil, root.member("stores") == nil {
            members?["stores"] = impliedStore(of: kind, settings: storeSettings, at: root.position)
        }
        return members
    }

    /// The store if the document does not mention one: the same as for an empty `stores:`.
    private mutating func impliedStore(
        of kind: StoreKind?,
        settings: [Setting],
        at position: SourcePosition
    ) -> CheckedValue? {
        let path = SettingPath.document.appending("stores")
        guard let kind else {
            report(.defect, at: position, path, "The program has no kind of store. This is a bug in the program.")
            return nil
        }
        if let setting = settings.first(where: \.isRequired) {
            let message = "'stores' is missing. A store of kind \(kind.name) needs '\(setting.key)'."
            report(.missingKey, at: position, path, message)
            return nil
        }
        return check(SourceNode(content: .mapping([]), position: position), as: .object(settings), at: path)
    }

    /// A document of another version has another structure: any further problem reported would be wrong.
    private mutating func checkVersion(of root: SourceNode) -> Bool {
        guard let version = root.member("version"), case .scalar(let text, isPlain: true) = version.content,
            let number = Int(text), number != DocumentSettings.version
        else { return true }
        let message = "This broker reads only version \(DocumentSettings.version) of the configuration."
        report(.unsupportedVersion, at: version.position, .document.appending("version"), message)
        return false
    }

    private mutating func checkProviderIDs(in providers: SourceNode?) {
        for member in providers?.members ?? [] where ProviderID(member.key) == nil {
            let candidate = member.key.lowercased().replacing("_", with: "-").replacing(".", with: "-")
            let advice = ProviderID(candidate).map { " Did you mean '\($0)'?" } ?? ""
            let message =
                "This is not a provider id: a lowercase letter, then lowercase letters, digits and hyphens, up to 63.\(advice)"
            let path = SettingPath.document.appending("providers").appending(member.key, at: member.value.position)
            report(.invalidValue, at: member.keyPosition, path, message)
        }
    }

    /// The document without what cannot be checked: the settings of an unknown type or kind.
    private static func judgeable(
        _ root: SourceNode,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) -> SourceNode {
        root.mapValues { key, value in
            switch key {
            case "providers":
                value.mapValues { _, provider in
                    manifest(of: provider, in: providers) == nil ? provider.keeping { $0 != "settings" } : provider
                }
            case "stores":
                kind(of: value, in: stores) == nil ? value.keeping { ["kind", "retention"].contains($0) } : value
            default:
                value
            }
        }
    }

    private static func manifest(of provider: SourceNode, in registry: ProviderRegistry) -> ProviderManifest? {
        provider.member("type")?.text.flatMap { registry[$0] }?.manifest
    }

    /// The kind that a store names, or the default kind.
    private static func kind(of store: SourceNode?, in registry: StoreRegistry) -> StoreKind? {
        guard let name = store?.member("kind") else { return registry.defaultKind }
        return name.text.flatMap { registry[$0] }
    }
}

extension SourceNode {
    /// Whether a provider instance is switched off.
    fileprivate var isDisabled: Bool {
        guard case .scalar("false", isPlain: true)? = member("enabled")?.content else { return false }
        return true
    }
}
