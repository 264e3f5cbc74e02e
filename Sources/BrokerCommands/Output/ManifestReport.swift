import IdentityBroker
import StrictJSON

/// A provider type's manifest, as JSON.
struct ManifestReport {
    let kind: ProviderKind

    var members: JSONObject {
        let manifest = kind.manifest
        let notices = manifest.notices.map { ($0.key.rawValue, JSONValue.string($0.value)) }
        var members: JSONObject = [
            "type": .string(manifest.type),
            "display_name": .string(manifest.displayName),
            "summary": .string(manifest.summary),
            "credentials": .array(manifest.credentials.map { .object(Self.members(of: $0)) }),
            "capabilities": .strings(kind.capabilities.map(\.rawValue).sorted()),
            "settings": Self.list(of: manifest.settings),
            "notices": .object(JSONObject(notices)),
        ]
        members["documentation"] = manifest.documentation.map(JSONValue.string)
        members["registration"] = manifest.registration.map(JSONValue.string)
        if !manifest.particulars.isEmpty { members["particulars"] = .strings(manifest.particulars) }
        members["icon"] = manifest.icon.map(JSONValue.string)
        return members
    }

    private static func members(of credential: CredentialForm) -> JSONObject {
        [
            "kind": .string(credential.kind.rawValue),
            "maximum_bytes": .integer(credential.maximumBytes),
            "one_time": .bool(credential.isOneTime),
            "parts": .array(
                credential.parts.map { part in
                    [
                        "name": .string(part.name), "maximum_bytes": .integer(part.maximumBytes),
                        "documentation": .string(part.documentation),
                    ]
                }),
        ]
    }

    private static func list(of settings: [Setting]) -> JSONValue {
        .array(settings.map { .object(members(of: $0)) })
    }

    private static func members(of setting: Setting) -> JSONObject {
        var members: JSONObject = [
            "key": .string(setting.key),
            "form": .string(setting.form.name),
            "required": .bool(setting.isRequired),
            "documentation": .string(setting.documentation),
        ]
        members["default"] = setting.defaultText.map(JSONValue.string)
        members["choices"] = setting.form.choices.map(JSONValue.strings)
        members["settings"] = setting.form.members.map(list)
        return members
    }
}

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
            for part in form.parts { table.row("with", "\(part.name): \(part.documentation)") }
        }
        for capability in kind.capabilities.map(\.rawValue).sorted() {
            table.row("can", capability)
        }
        table.row("see", manifest.documentation)
        table.row("register", manifest.registration)
        for text in manifest.particulars { table.row("note", text) }
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

extension Setting.Form {
    /// The form's name.
    var name: String {
        switch self {
        case .text: "text"
        case .url, .urlTemplate: "URL"
        case .path: "path"
        case .secret: "secret reference"
        case .boolean: "true or false"
        case .integer(let range): "number from \(range.lowerBound) to \(range.upperBound)"
        case .duration, .durationOrZero: "duration"
        case .size: "size"
        case .choice: "choice"
        case .object: "mapping"
        case .mapping(let element): "mapping of names to \(element.name)"
        case .document: "path of a YAML file"
        case .list(let element): "list of \(element.name)"
        }
    }

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
