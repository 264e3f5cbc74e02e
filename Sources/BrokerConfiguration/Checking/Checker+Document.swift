import IdentityBroker

extension Checker {
    /// The document's members, each checked against the settings of the provider types and the store kind it names.
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
        let kind = root.member("stores").flatMap { Self.kind(of: $0, in: stores) }
        let settings = DocumentSettings.all(
            providers: .object(instances),
            stores: .object(StoreSettings.all(of: kind, kinds: stores.all.map(\.name)))
        )
        return checkObject(Self.judgeable(root, providers: providers, stores: stores), of: settings, at: .document)
    }

    /// A document of another version is of another shape: nothing else that could be said of it would be true.
    private mutating func checkVersion(of root: SourceNode) -> Bool {
        guard let version = root.member("version"), case .scalar(let text, isPlain: true) = version.content,
            let number = Int(text), number != DocumentSettings.version
        else { return true }
        let message = "This broker reads configuration of version \(DocumentSettings.version), and of no other."
        report(.unsupportedVersion, at: version.position, .document.appending("version"), message)
        return false
    }

    private mutating func checkProviderIDs(in providers: SourceNode?) {
        for member in providers?.members ?? [] where ProviderID(member.key) == nil {
            let candidate = member.key.lowercased().replacing("_", with: "-").replacing(".", with: "-")
            let advice = ProviderID(candidate).map { " '\($0)' would be one." } ?? ""
            let message =
                "This is no provider id: a lower-case letter, then letters, digits and hyphens, at most 63.\(advice)"
            let path = SettingPath.document.appending("providers").appending(member.key)
            report(.invalidValue, at: member.keyPosition, path, message)
        }
    }

    /// The document less what cannot be judged: the settings of a type or kind that nobody knows.
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
                kind(of: value, in: stores) == nil ? value.keeping { $0 == "kind" } : value
            default:
                value
            }
        }
    }

    private static func manifest(of provider: SourceNode, in registry: ProviderRegistry) -> ProviderManifest? {
        provider.member("type")?.text.flatMap { registry[$0] }?.manifest
    }

    private static func kind(of store: SourceNode, in registry: StoreRegistry) -> StoreKind? {
        store.member("kind")?.text.flatMap { registry[$0] }
    }
}
