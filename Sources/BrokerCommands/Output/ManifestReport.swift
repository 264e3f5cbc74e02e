import IdentityBroker

/// A provider type's manifest, as JSON.
struct ManifestReport: Encodable {
    struct SettingReport: Encodable {
        let key: String
        let form: String
        let required: Bool
        let `default`: String?
        let documentation: String
        let choices: [String]?
        let settings: [SettingReport]?

        init(_ setting: Setting) {
            key = setting.key
            form = setting.form.name
            required = setting.isRequired
            self.default = setting.defaultText
            documentation = setting.documentation
            choices = setting.form.choices
            settings = setting.form.members.map { $0.map(SettingReport.init) }
        }
    }

    struct CredentialReport: Encodable {
        let kind: String
        let maximumBytes: Int
        let oneTime: Bool

        enum CodingKeys: String, CodingKey {
            case kind
            case maximumBytes = "maximum_bytes"
            case oneTime = "one_time"
        }
    }

    let type: String
    let displayName: String
    let summary: String
    let documentation: String?
    let credentials: [CredentialReport]
    let capabilities: [String]
    let settings: [SettingReport]
    let notices: [String: String]

    enum CodingKeys: String, CodingKey {
        case type, summary, documentation, credentials, capabilities, settings, notices
        case displayName = "display_name"
    }

    init(_ kind: ProviderKind) {
        let manifest = kind.manifest
        type = manifest.type
        displayName = manifest.displayName
        summary = manifest.summary
        documentation = manifest.documentation
        credentials = manifest.credentials.map {
            CredentialReport(kind: $0.kind.rawValue, maximumBytes: $0.maximumBytes, oneTime: $0.isOneTime)
        }
        capabilities = kind.capabilities.map(\.rawValue).sorted()
        settings = manifest.settings.map(SettingReport.init)
        notices = Dictionary(uniqueKeysWithValues: manifest.notices.map { ($0.key.rawValue, $0.value) })
    }
}
