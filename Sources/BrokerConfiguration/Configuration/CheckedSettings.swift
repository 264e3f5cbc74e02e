import IdentityBroker

/// A checked part of a configuration file, and how to report problems with it.
struct CheckedSettings: Sendable {
    let file: String
    let path: SettingPath
    let value: CheckedValue

    var decoder: CheckedDecoder { CheckedDecoder(value: value) }

    /// A member of this part; empty if omitted.
    func member(_ key: String) -> CheckedSettings {
        let empty = CheckedValue(content: .object([:]), position: value.position)
        let member = value[key] ?? empty
        return part(path.appending(key, at: member.position), member)
    }

    func problem(_ kind: ConfigurationProblem.Kind, _ message: String) -> ConfigurationProblem {
        ConfigurationProblem(kind: kind, file: file, position: value.position, keyPath: path.text, message: message)
    }

    /// All secret references in this part with their places, in file order.
    var secrets: [(reference: SecretReference, place: CheckedSettings)] {
        switch value.content {
        case .secret(let reference):
            [(reference, self)]
        case .list(let elements):
            elements.enumerated().flatMap { part(path.appending($0), $1).secrets }
        case .object(let members):
            members.sorted { $0.value.position < $1.value.position }
                .flatMap { part(path.appending($0, at: $1.position), $1).secrets }
        case .text, .boolean, .integer, .duration:
            []
        }
    }

    /// The innermost part on the path of a decoder's keys.
    func descendant(at keys: some Collection<any CodingKey>) -> CheckedSettings {
        guard let key = keys.first else { return self }
        let child: CheckedSettings? =
            switch value.content {
            case .object(let members):
                members[key.stringValue].map { part(path.appending(key.stringValue, at: $0.position), $0) }
            case .list(let elements):
                key.intValue.flatMap { index in
                    elements.indices.contains(index) ? part(path.appending(index), elements[index]) : nil
                }
            case .text, .boolean, .integer, .duration, .secret:
                nil
            }
        return child?.descendant(at: Array(keys.dropFirst())) ?? self
    }

    private func part(_ path: SettingPath, _ value: CheckedValue) -> CheckedSettings {
        CheckedSettings(file: file, path: path, value: value)
    }
}
