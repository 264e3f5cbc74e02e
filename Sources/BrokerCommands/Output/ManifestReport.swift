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
        return members
    }

    private static func members(of credential: CredentialForm) -> JSONObject {
        [
            "kind": .string(credential.kind.rawValue),
            "maximum_bytes": .integer(credential.maximumBytes),
            "one_time": .bool(credential.isOneTime),
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
