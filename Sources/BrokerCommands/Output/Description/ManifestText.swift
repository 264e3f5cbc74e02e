import IdentityBroker

/// A provider type's manifest, formatted for people.
struct ManifestText {
    private let description: TypeDescription
    private var words: any DescriptionWords { description.words }

    init(_ description: TypeDescription) {
        self.description = description
    }

    func rendered(in style: TextStyle) -> String {
        let (manifest, words) = (description.manifest, words)
        var table = TextTable()
        table.heading("\(manifest.type)\(words.colon)\(description.displayName)")
        table.row(words.does, description.summary)
        for form in manifest.credentials {
            table.row(words.takes, "\(form.kind.rawValue)\(words.comma)\(words.limits(of: form))")
            for part in form.parts {
                table.row(words.with, "\(part.name)\(words.colon)\(description.meaning(of: part))")
            }
        }
        for capability in description.kind.capabilities.map(\.rawValue).sorted() {
            table.row(words.can, capability)
        }
        table.row(words.see, manifest.documentation)
        table.row(words.register, description.registration)
        for text in description.particulars { table.row(words.note, text) }
        table.heading(words.settings)
        add(manifest.settings, under: "", to: &table)
        table.heading(words.notices)
        for (notice, meaning) in description.notices { table.row(notice.rawValue, meaning) }
        return table.rendered(in: style)
    }

    private func add(_ settings: [Setting], under prefix: String, to table: inout TextTable) {
        for setting in settings {
            let path = prefix + setting.key
            let meaning = description.meaning(of: setting, at: path)
            table.row(path, words.text(meaning, with: description.facts(of: setting)))
            if let members = setting.form.members { add(members, under: "\(path).", to: &table) }
        }
    }
}
