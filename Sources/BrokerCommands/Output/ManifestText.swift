import IdentityBroker

/// A provider type's manifest, formatted for people.
struct ManifestText {
    private let kind: ProviderKind

    init(_ kind: ProviderKind) {
        self.kind = kind
    }

    func rendered(in style: TextStyle) -> String {
        let manifest = kind.manifest
        var table = TextTable()
        table.heading("\(manifest.type): \(manifest.displayName)")
        table.row("does", manifest.summary)
        for form in manifest.credentials {
            let use = form.isOneTime ? "good for one login" : "good until it expires"
            table.row("takes", "\(form.kind.rawValue), at most \(form.maximumBytes) bytes, \(use)")
        }
        for capability in kind.capabilities.map(\.rawValue).sorted() {
            table.row("can", capability)
        }
        table.row("see", manifest.documentation)
        table.heading("Settings")
        add(manifest.settings, under: "", to: &table)
        table.heading("Notices")
        for (notice, meaning) in manifest.notices.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            table.row(notice.rawValue, meaning)
        }
        return table.rendered(in: style)
    }

    private func add(_ settings: [Setting], under prefix: String, to table: inout TextTable) {
        for setting in settings {
            var facts = [setting.form.name]
            if let choices = setting.form.choices { facts = [choices.joined(separator: " or ")] }
            if setting.isRequired { facts.append("required") }
            if let text = setting.defaultText { facts.append("default \(text)") }
            table.row(prefix + setting.key, "\(setting.documentation) (\(facts.joined(separator: ", ")))")
            if let members = setting.form.members { add(members, under: prefix + setting.key + ".", to: &table) }
        }
    }
}
