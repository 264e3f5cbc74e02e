import IdentityBroker

extension ProviderRules {
    var manifestRules: [ConformanceCase] {
        let manifest = manifest
        return [
            rule(
                "the registry accepts the type",
                because: """
                    A name that configuration cannot use should be found when a program starts, not when someone signs \
                    in.
                    """
            ) {
                do throws(BrokerError) {
                    _ = try ProviderRegistry([fixture.kind])
                } catch {
                    throw Observation(error.message)
                }
            },
            rule(
                "the type describes itself to people",
                because: "The manifest is the type's documentation: what is missing there is documented nowhere."
            ) {
                try requireLine(manifest.displayName, "the display name")
                try requireLine(manifest.summary, "the summary")
                let documentation = manifest.documentation ?? ""
                try require(
                    documentation.hasPrefix("https://") && documentation.utf8.count > "https://".utf8.count,
                    "the documentation of the upstream is not an https URL"
                )
                if let registration = manifest.registration { try requireLine(registration, "the registration") }
                for text in manifest.particulars { try requireLine(text, "a particular of the upstream") }
                try require(
                    manifest.icon.map { ProviderID($0) != nil } ?? true, "the icon's name is not one of a type's form")
            },
            rule(
                "every setting is documented, under a key in camel case",
                because: "Settings are read in an error message or a schema by people without the source code."
            ) {
                try Self.checkSettings(manifest.settings)
            },
            rule(
                "every notice is a documented word in snake case",
                because: "A notice ends up in the audit log and in the app's JSON, where programs compare it."
            ) {
                for (notice, meaning) in manifest.notices {
                    try require(notice.rawValue.isSnakeCase, "'\(notice)' is not a word in snake case")
                    try requireLine(meaning, "the meaning of '\(notice)'")
                }
            },
            rule(
                "a translation says all that the English says",
                because: "A page in two languages at once serves the readers of neither."
            ) {
                for (language, texts) in manifest.translations { try Self.check(texts, in: language, of: manifest) }
            },
            rule(
                "every kind of credential has a name in snake case and a form that can be met",
                because: "A type that accepts nothing, or credentials of any length, has a mistake in its manifest."
            ) {
                let kinds = manifest.credentials.map(\.kind.rawValue)
                try require(!kinds.isEmpty, "the type accepts no credential")
                try require(Set(kinds).count == kinds.count, "two forms have the same kind")
                for form in manifest.credentials {
                    try require(form.kind.rawValue.isSnakeCase, "'\(form.kind.rawValue)' is not a word in snake case")
                    try require(
                        (1...Self.longestCredential).contains(form.maximumBytes),
                        "a \(form.kind.rawValue) of \(form.maximumBytes) bytes is allowed"
                    )
                }
            },
            rule(
                "every part of a credential has a name of its own in snake case, a form that can be met, and documentation",
                because: "Whoever writes an app finds nowhere else what to send beside a credential."
            ) {
                for form in manifest.credentials {
                    let names = form.parts.map(\.name)
                    try require(Set(names).count == names.count, "two parts have the same name")
                    for part in form.parts {
                        try require(part.name.isSnakeCase, "'\(part.name)' is not a word in snake case")
                        try require(
                            (1...Self.longestCredential).contains(part.maximumBytes),
                            "a part of \(part.maximumBytes) bytes is allowed")
                        try requireLine(part.documentation, "the documentation of the part '\(part.name)'")
                    }
                }
            },
        ]
    }

    private static func check(
        _ texts: ManifestTranslation,
        in language: String,
        of manifest: ProviderManifest
    ) throws {
        try require(
            (2...3).contains(language.utf8.count) && language.allSatisfy(\.isLowercase) && language != "en",
            "'\(language)' is not the primary subtag of another language")
        try requireLine(texts.displayName, "the display name in '\(language)'")
        try requireLine(texts.summary, "the summary in '\(language)'")
        func compare(_ what: String, _ translated: some Sequence<String>, _ english: some Sequence<String>) throws {
            let difference = Set(translated).symmetricDifference(english).sorted().joined(separator: ", ")
            try require(difference.isEmpty, "\(what) in '\(language)' and in English differ: \(difference)")
        }
        try compare("the settings", texts.settings.keys, PlacedSetting.all(of: manifest.settings).map(\.path))
        try compare("the notices", texts.notices.keys.map(\.rawValue), manifest.notices.keys.map(\.rawValue))
        try compare("the parts", texts.parts.keys, manifest.credentials.flatMap(\.parts).map(\.name))
        try require(
            (texts.registration == nil) == (manifest.registration == nil),
            "only one of '\(language)' and English has a registration")
        try require(
            texts.particulars.count == manifest.particulars.count,
            "'\(language)' and English have different numbers of particulars")
    }

    /// Longer than any ticket, code or token; the pipeline holds one for every login under way.
    static var longestCredential: Int { 64 * 1024 }

    private static func checkSettings(_ settings: [Setting]) throws {
        let keys = settings.map(\.key)
        try require(Set(keys).count == keys.count, "two settings have the same key")
        for placed in PlacedSetting.all(of: settings) {
            let (setting, path) = (placed.setting, placed.path)
            try require(setting.key.isCamelCase, "'\(path)' is not in camel case")
            try requireLine(setting.documentation, "the documentation of '\(path)'")
            try require(!setting.isRequired || setting.defaultText == nil, "'\(path)' is required, and has a default")
            switch setting.form {
            case .choice(let words):
                try require(
                    !words.isEmpty && Set(words).count == words.count && !words.contains(""),
                    "'\(path)' lists no choices, an empty one, or one twice"
                )
            case .object(let members):
                try require(
                    Set(members.map(\.key)).count == members.count, "two settings in '\(path)' have the same key")
            default:
                break
            }
        }
    }
}

/// Continues if the text is one readable line.
private func requireLine(_ text: String, _ name: String) throws(Observation) {
    try require(text.contains { $0.isLetter }, "\(name) is missing")
    try require(!text.contains(where: \.isNewline), "\(name) has more than one line")
}

extension String {
    /// Whether the text is a lower-case letter, then letters and digits, all of ASCII.
    fileprivate var isCamelCase: Bool {
        first?.isLowercase == true && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
