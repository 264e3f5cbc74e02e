import IdentityBroker

/// What a provider type says of itself in a reader's language. What it does not say in that, it says in English.
struct TypeDescription {
    let kind: ProviderKind
    /// The primary subtag of the language.
    let language: String
    private let translation: ManifestTranslation?

    /// - Parameter languages: Primary subtags of language tags, the preferred one first; English if there is none that the
    ///   type is described in.
    init(_ kind: ProviderKind, for languages: [String]) {
        let translations = kind.manifest.translations
        let translation = kind.manifest.translation(for: languages)
        self.kind = kind
        self.translation = translation
        language = languages.first { translation != nil && translations[$0] == translation } ?? "en"
    }

    /// What is said in the language besides what the type says.
    var words: any DescriptionWords { DescriptionLanguage.words(in: language) }

    /// The other languages in which the type is described, English first.
    var otherLanguages: [String] {
        (["en"] + kind.manifest.translations.keys.sorted()).filter { $0 != language }
    }

    var manifest: ProviderManifest { kind.manifest }

    var displayName: String { translation?.displayName ?? manifest.displayName }

    var summary: String { translation?.summary ?? manifest.summary }

    var registration: String? { translation?.registration ?? manifest.registration }

    var particulars: [String] {
        let translated = translation?.particulars ?? []
        return manifest.particulars.indices.map { $0 < translated.count ? translated[$0] : manifest.particulars[$0] }
    }

    /// The notices in the order of their names, each with its meaning.
    var notices: [(notice: Notice, meaning: String)] {
        manifest.notices.sorted { $0.key.rawValue < $1.key.rawValue }.map { notice, meaning in
            (notice, translation?.notices[notice] ?? meaning)
        }
    }

    /// What a setting means.
    ///
    /// - Parameter path: Its key, below those of the mappings that it is in: `miniProgram.appId`.
    func meaning(of setting: Setting, at path: String) -> String {
        translation?.settings[path] ?? setting.documentation
    }

    /// What a part of a credential is.
    func meaning(of part: CredentialPart) -> String { translation?.parts[part.name] ?? part.documentation }

    /// What a setting takes: its form, whether it is required, its default.
    ///
    /// - Parameter quote: Marks what is to be written as it is.
    func facts(of setting: Setting, quoting quote: (String) -> String = { $0 }) -> String {
        let form =
            setting.form.choices.map { $0.map(quote).joined(separator: words.or) } ?? words.name(of: setting.form)
        let facts = [
            form, setting.isRequired ? words.required : nil,
            setting.defaultText.map { words.defaultValue(quote($0)) },
        ]
        return facts.compactMap(\.self).joined(separator: words.comma)
    }
}

extension Setting.Form {
    /// The words to choose from.
    var choices: [String]? {
        if case .choice(let words) = self { words } else { nil }
    }

    /// The settings inside.
    var members: [Setting]? {
        switch self {
        case .object(let settings), .document(let settings): settings
        case .mapping(let element), .list(let element): element.members
        default: nil
        }
    }
}
