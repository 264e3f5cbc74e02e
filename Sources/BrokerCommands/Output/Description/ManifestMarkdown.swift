import IdentityBroker

/// A provider type's manifest as a page of documentation, `TYPE.md` in English and `TYPE.zh.md` in Chinese.
struct ManifestMarkdown {
    private let description: TypeDescription
    private var manifest: ProviderManifest { description.manifest }
    private var words: any DescriptionWords { description.words }
    /// Whether the program has a sandbox for the type.
    private let hasSandbox: Bool

    init(_ description: TypeDescription, hasSandbox: Bool) {
        self.description = description
        self.hasSandbox = hasSandbox
    }

    /// The page, without its last line break.
    var text: String {
        var sections = ["# \(words.text(description.displayName, with: "`\(manifest.type)`"))"]
        sections += otherPages + [description.summary] + registration
        sections.append(
            """
            ## \(words.configuration)

            ```yaml
            providers:
              \(manifest.type):
                type: \(manifest.type)
                settings:
            \(manifest.settings.compactMap { example(of: $0, by: 6) }.joined(separator: "\n"))
            ```
            """)
        sections += trial + credentials
        if !description.particulars.isEmpty {
            let list = description.particulars.map { "- \($0)" }.joined(separator: "\n")
            sections.append("## \(words.particulars)\n\n\(list)")
        }
        if !manifest.settings.isEmpty {
            sections.append(
                Self.table(headed: words.settings, words.settingColumns, rows(of: manifest.settings)))
        }
        if !manifest.notices.isEmpty {
            let rows = description.notices.map { ["`\($0.notice)`", $0.meaning] }
            sections.append(Self.table(headed: words.notices, words.noticeColumns, rows))
        }
        return sections.joined(separator: "\n\n")
    }

    /// Links to the page in the other languages.
    private var otherPages: [String] {
        let links = description.otherLanguages.map { language in
            let suffix = language == "en" ? "" : ".\(language)"
            return "[\(DescriptionLanguage.name(of: language))](\(manifest.type)\(suffix).md)"
        }
        return links.isEmpty ? [] : [links.joined(separator: " · ")]
    }

    private var registration: [String] {
        var lines: [String] = []
        if let registration = description.registration { lines.append(registration) }
        if description.kind.capabilities.contains(.redirect) {
            lines.append(words.callback(of: manifest.type, isLoopbackTaken: manifest.takesLoopbackCallbacks))
        }
        if let documentation = manifest.documentation { lines.append(words.documentation(at: "<\(documentation)>")) }
        return lines.isEmpty ? [] : ["## \(words.atUpstream)\n\n\(lines.joined(separator: "\n\n"))"]
    }

    private var trial: [String] {
        guard hasSandbox else { return [] }
        let command = "broker login \(manifest.type) --sandbox"
        let lines =
            [command] + (description.kind.capabilities.contains(.redirect) ? ["\(command) --browser"] : [])
        return [
            """
            ## \(words.trial)

            ```sh
            \(lines.joined(separator: "\n"))
            ```
            """
        ]
    }

    private var credentials: [String] {
        var lines = ["## \(words.credentials)\n"]
        for form in manifest.credentials {
            lines.append("- `\(form.kind.rawValue)`\(words.colon)\(words.limits(of: form))")
            lines += form.parts.map { part in
                "  - \(words.accompanied(by: "`\(part.name)`"))\(words.colon)\(description.meaning(of: part))"
            }
        }
        return [lines.joined(separator: "\n")]
    }

    /// A line of YAML for a setting that is required, or that almost everyone gives; nil for others.
    private func example(of setting: Setting, by indent: Int) -> String? {
        guard setting.isRequired || setting.isUsuallyGiven else { return nil }
        let key = setting.key.map { $0.isUppercase ? "_\($0)" : String($0) }.joined()
        // The setting alipayPublicKey of alipay is not named twice.
        let type = setting.key.hasPrefix(manifest.type) ? "" : "\(manifest.type)_"
        let name = "\(type)\(key)".uppercased().replacing("-", with: "_")
        let value =
            switch setting.form {
            case .secret: "{ env: \(name) }"
            case .url, .urlTemplate: "https://id.example.com"
            case .list: "[…]"
            default: "…"
            }
        return "\(String(repeating: " ", count: indent))\(setting.key): \(value)"
    }

    private func rows(of settings: [Setting], under prefix: String = "") -> [[String]] {
        settings.flatMap { setting in
            let path = prefix + setting.key
            let row = [
                "`\(path)`", description.facts(of: setting) { "`\($0)`" },
                description.meaning(of: setting, at: path),
            ]
            return [row] + (setting.form.members.map { rows(of: $0, under: "\(path).") } ?? [])
        }
    }

    private static func table(headed heading: String, _ columns: [String], _ rows: [[String]]) -> String {
        let lines = [columns.joined(separator: " | ")] + rows.map { $0.map(cell).joined(separator: " | ") }
        let rule = "|\(String(repeating: "---|", count: columns.count))"
        let (head, body) = ("| \(lines[0]) |", lines.dropFirst().map { "| \($0) |" })
        return "## \(heading)\n\n" + ([head, rule] + body).joined(separator: "\n")
    }

    /// Text that stays in its cell.
    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
