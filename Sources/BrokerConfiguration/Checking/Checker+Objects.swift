import IdentityBroker

extension Checker {
    /// The members of a mapping, each checked against its setting.
    mutating func checkObject(
        _ node: SourceNode,
        of settings: [Setting],
        at path: SettingPath
    ) -> [String: CheckedValue]? {
        guard let members = node.members else {
            reportType(of: node, expecting: Setting.Form.object(settings).expectation, at: path)
            return nil
        }
        let known = Dictionary(settings.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let present = Set(members.map(\.key))
        let absent = settings.filter { !present.contains($0.key) }
        var checked: [String: CheckedValue] = [:]
        var misspelt: Set<String> = []
        for member in members {
            if let setting = known[member.key] {
                checked[setting.key] = check(
                    member.value, as: setting.form, at: path.appending(setting.key, at: member.value.position))
            } else {
                let meant = NearestName.of(member.key, among: absent.map(\.key))
                let advice = Self.advice(on: member.key, meant: meant, settings: settings)
                let subject = member.key.isPresentableKey ? "Unknown key '\(member.key)'." : "Unknown key."
                let place = path.appending(member.key, at: member.value.position)
                report(.unknownKey, at: member.keyPosition, place, "\(subject) \(advice)")
                // One typo is one problem, not an unknown key and a missing one.
                if let meant { misspelt.insert(meant) }
            }
        }
        for setting in absent where setting.form == .path {
            // A default path, like a given one, is relative to the file, whose directory only the checker knows.
            guard let path = setting.defaultText else { continue }
            checked[setting.key] = CheckedValue(content: .text(absolutePath(path)), position: node.position)
        }
        for setting in absent where setting.isRequired && !misspelt.contains(setting.key) {
            let message = "'\(setting.key)' is missing. \(setting.documentation)"
            report(.missingKey, at: node.position, path.appending(setting.key, at: node.position), message)
        }
        return checked
    }

    private static func advice(on key: String, meant: String?, settings: [Setting]) -> String {
        if key == "<<" {
            return "YAML merge keys are not supported. Write the settings out."
        }
        if let owner = settings.first(where: { $0.owns(key) }) {
            return "It belongs under '\(owner.key)'."
        }
        if let meant {
            return "Did you mean '\(meant)'?"
        }
        if settings.isEmpty {
            return "No settings are allowed here."
        }
        return "Allowed here: \(settings.map(\.key).joined(separator: ", "))."
    }
}

extension Setting {
    /// Whether the key is one of the settings inside this one.
    fileprivate func owns(_ key: String) -> Bool {
        guard case .object(let settings) = form else { return false }
        return settings.contains { $0.key == key }
    }
}
