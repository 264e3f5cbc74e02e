import BrokerConfiguration
import IdentityBroker

/// A provider type's manifest as a page of documentation.
struct ManifestMarkdown {
    private let kind: ProviderKind
    /// Whether the program has a sandbox for the type.
    private let hasSandbox: Bool

    init(_ kind: ProviderKind, hasSandbox: Bool) {
        self.kind = kind
        self.hasSandbox = hasSandbox
    }

    /// The page, without its last line break.
    var text: String {
        let manifest = kind.manifest
        var sections = ["# \(manifest.displayName) (`\(manifest.type)`)", manifest.summary]
        sections += registration
        sections.append(
            """
            ## Configure it

            ```yaml
            providers:
              \(manifest.type):
                type: \(manifest.type)
                settings:
            \(manifest.settings.compactMap { example(of: $0, by: 6) }.joined(separator: "\n"))
            ```
            """)
        sections += trial + credentials
        if !manifest.particulars.isEmpty {
            let list = manifest.particulars.map { "- \($0)" }.joined(separator: "\n")
            sections.append("## What is particular\n\n\(list)")
        }
        if !manifest.settings.isEmpty {
            sections.append(
                "## Settings\n\n| setting | form | meaning |\n|---|---|---|\n\(rows(of: manifest.settings))")
        }
        if !manifest.notices.isEmpty {
            let notices = manifest.notices.sorted { $0.key.rawValue < $1.key.rawValue }
            sections.append(
                "## Notices\n\n| notice | meaning |\n|---|---|\n"
                    + notices.map { "| `\($0.key)` | \(Self.cell($0.value)) |" }.joined(separator: "\n"))
        }
        return sections.joined(separator: "\n\n")
    }

    private var registration: [String] {
        let manifest = kind.manifest
        var lines: [String] = []
        if let registration = manifest.registration { lines.append(registration) }
        if kind.capabilities.contains(.redirect) {
            let browser = "broker login \(manifest.type) --browser"
            lines.append(
                manifest.takesLoopbackCallbacks
                    ? """
                    The callback URI is the one of your app that embeds the broker, and `http://127.0.0.1:PORT/callback/\
                    \(manifest.type)` for `\(browser) --port PORT`.
                    """
                    : """
                    The callback URI is the one of your app that embeds the broker. It must be an `https` address: `\(browser)` \
                    works with `--sandbox` alone.
                    """)
        }
        if let documentation = manifest.documentation {
            lines.append("The upstream's own documentation: <\(documentation)>.")
        }
        return lines.isEmpty ? [] : ["## At the upstream\n\n\(lines.joined(separator: "\n\n"))"]
    }

    private var trial: [String] {
        guard hasSandbox else { return [] }
        let command = "broker login \(kind.manifest.type) --sandbox"
        let lines = [command] + (kind.capabilities.contains(.redirect) ? ["\(command) --browser"] : [])
        return [
            """
            ## Try it without the upstream

            ```sh
            \(lines.joined(separator: "\n"))
            ```
            """
        ]
    }

    private var credentials: [String] {
        var lines = ["## What it accepts\n"]
        for form in kind.manifest.credentials {
            let use = form.isOneTime ? "good for one login" : "good until it expires"
            lines.append("- `\(form.kind.rawValue)`: at most \(form.maximumBytes) bytes, \(use)")
            lines += form.parts.map { "  - with `\($0.name)`: \($0.documentation)" }
        }
        return [lines.joined(separator: "\n")]
    }

    /// A line of YAML for a setting that is required, or that almost everyone gives; nil for others.
    private func example(of setting: Setting, by indent: Int) -> String? {
        guard setting.isRequired || setting.isUsuallyGiven else { return nil }
        let words = setting.key.map { $0.isUppercase ? "_\($0)" : String($0) }.joined()
        let name = "\(kind.manifest.type)_\(words)".uppercased().replacing("-", with: "_")
        let value =
            switch setting.form {
            case .secret: "{ env: \(name) }"
            case .url, .urlTemplate: "https://id.example.com"
            case .list: "[…]"
            default: "…"
            }
        return "\(String(repeating: " ", count: indent))\(setting.key): \(value)"
    }

    private func rows(of settings: [Setting], under prefix: String = "") -> String {
        settings.flatMap { setting in
            var facts = [setting.form.choices?.map { "`\($0)`" }.joined(separator: " or ") ?? setting.form.name]
            if setting.isRequired { facts.append("required") }
            if let text = setting.defaultText { facts.append("default `\(text)`") }
            let cells = ["`\(prefix)\(setting.key)`", facts.joined(separator: ", "), setting.documentation]
            let row = "| \(cells.map(Self.cell).joined(separator: " | ")) |"
            return [row] + (setting.form.members.map { [rows(of: $0, under: "\(prefix)\(setting.key).")] } ?? [])
        }.joined(separator: "\n")
    }

    /// Text that stays in its cell.
    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
