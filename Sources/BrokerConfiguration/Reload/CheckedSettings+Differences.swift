import IdentityBroker

extension CheckedSettings {
    /// The innermost settings whose values differ from other settings of the same form. An omitted setting has its
    /// default.
    func differences(from other: CheckedSettings, of settings: [Setting]) -> [CheckedSettings] {
        settings.flatMap { setting -> [CheckedSettings] in
            let (old, new) = (other.value[setting.key], value[setting.key])
            let place = member(setting.key)
            if case .object(let members) = setting.form {
                return place.differences(from: other.member(setting.key), of: members)
            }
            let implied = setting.defaultValue
            return (old ?? implied)?.content == (new ?? implied)?.content ? [] : [place]
        }
    }
}

extension CheckedSettings {
    /// The contents of the innermost settings, by path. An omitted setting has its default.
    func contents(of settings: [Setting]) -> [String: CheckedValue.Content] {
        settings.reduce(into: [:]) { contents, setting in
            let place = member(setting.key)
            if case .object(let members) = setting.form {
                contents.merge(place.contents(of: members)) { first, _ in first }
            } else {
                contents[place.path.text] = (value[setting.key] ?? setting.defaultValue)?.content
            }
        }
    }
}

extension Setting {
    /// The default, as the checker would read it; nil if it depends on other settings.
    fileprivate var defaultValue: CheckedValue? {
        guard let defaultText, let root = try? YAMLReader(Array("value: \(defaultText)".utf8)).read(),
            let node = root.member("value")
        else { return nil }
        var checker = Checker(file: "", baseDirectory: "/")
        return checker.check(node, as: form, at: .document)
    }
}
