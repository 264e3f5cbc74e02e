import IdentityBroker

/// A setting of a manifest, and its path.
struct PlacedSetting: Sendable {
    let keys: SettingKeys
    let setting: Setting

    var path: String { keys.joined(separator: ".") }

    /// The settings including nested ones, each before its members.
    static func all(of settings: [Setting], in keys: SettingKeys = []) -> [PlacedSetting] {
        settings.flatMap { setting in
            let placed = PlacedSetting(keys: keys + [setting.key], setting: setting)
            guard case .object(let members) = setting.form else { return [placed] }
            return [placed] + all(of: members, in: placed.keys)
        }
    }
}

extension Setting.Form {
    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    var isDocument: Bool {
        if case .document = self { true } else { false }
    }

    /// A value of this form, as written in YAML; nil for an object, which consists of its settings.
    var example: String? {
        switch self {
        case .text: "conformance"
        case .url, .urlTemplate: "https://localhost:9"
        case .path: "/conformance"
        case .secret: "{ env: \(Self.exampleSecret) }"
        case .boolean: "true"
        case .integer(let range): "\(range.lowerBound)"
        case .duration, .durationOrZero: "7s"
        case .size: "7KiB"
        case .choice(let words): words.last
        case .object, .document: nil
        case .mapping(let form): form.example.map { "{ conformance: \($0) }" }
        case .list(let form): form.example.map { "[\($0)]" }
        }
    }

    /// A value of another form.
    var counterexample: String {
        switch self {
        case .object, .mapping, .list: "conformance"
        case .secret, .text, .url, .urlTemplate, .path, .boolean, .integer, .duration, .durationOrZero, .size, .choice,
            .document:
            "[conformance]"
        }
    }

    /// The environment variable that ``example`` refers to.
    static let exampleSecret = "CONFORMANCE_EXAMPLE"
}
