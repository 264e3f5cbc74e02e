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
        if !manifest.translations.isEmpty {
            let translations = manifest.translations.sorted { $0.key < $1.key }
            members["translations"] = .object(
                JSONObject(translations.map { ($0.key, .object(Self.members(of: $0.value))) }))
        }
        return members
    }

    /// The texts in another language, which the members of the same names in English have in lists or as they are.
    private static func members(of translation: ManifestTranslation) -> JSONObject {
        func texts(_ texts: [(String, String)]) -> JSONValue {
            .object(JSONObject(texts.sorted { $0.0 < $1.0 }.map { ($0.0, .string($0.1)) }))
        }
        var members: JSONObject = [
            "display_name": .string(translation.displayName),
            "summary": .string(translation.summary),
            "settings": texts(translation.settings.map { ($0.key, $0.value) }),
            "parts": texts(translation.parts.map { ($0.key, $0.value) }),
            "notices": texts(translation.notices.map { ($0.key.rawValue, $0.value) }),
            "particulars": .strings(translation.particulars),
        ]
        members["registration"] = translation.registration.map(JSONValue.string)
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
            "form": .string(EnglishWords().name(of: setting.form)),
            "required": .bool(setting.isRequired),
            "documentation": .string(setting.documentation),
        ]
        members["default"] = setting.defaultText.map(JSONValue.string)
        members["choices"] = setting.form.choices.map(JSONValue.strings)
        members["settings"] = setting.form.members.map(list)
        return members
    }
}
