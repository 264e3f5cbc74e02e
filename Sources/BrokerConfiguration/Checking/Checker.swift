import IdentityBroker

/// Checks YAML nodes against the forms of settings, and collects all problems.
///
/// Its results may be used only while ``problems`` is empty.
struct Checker {
    /// The file's name, for problems.
    let file: String
    /// The directory for relative paths.
    let baseDirectory: String

    /// The maximum number of reported problems; a file with more is the wrong file.
    static let mostProblems = 100

    /// How the key paths begin of what is in disabled instances.
    var disabledPaths: [String] = []

    private(set) var problems: [ConfigurationProblem] = []

    mutating func report(
        _ kind: ConfigurationProblem.Kind,
        at position: SourcePosition?,
        _ path: SettingPath,
        _ message: String
    ) {
        guard problems.count < Self.mostProblems else { return }
        problems.append(
            ConfigurationProblem(kind: kind, file: file, position: position, keyPath: path.text, message: message)
        )
    }

    /// Reports a value that matches its form but is invalid anyway.
    mutating func report(_ setting: CheckedSettings, _ message: String) {
        report(.invalidValue, at: setting.value.position, setting.path, message)
    }

    /// The node as a value of the form; nil after reporting a problem.
    mutating func check(_ node: SourceNode, as form: Setting.Form, at path: SettingPath) -> CheckedValue? {
        if case .document(let settings) = form { return checkDocument(node, of: settings, at: path) }
        let content: CheckedValue.Content? =
            switch form {
            case .object(let settings): checkObject(node, of: settings, at: path).map { .object($0) }
            case .mapping(let form): checkMapping(node, of: form, at: path)
            case .list(let form): checkList(node, of: form, at: path)
            case .secret: checkSecret(node, at: path).map { .secret($0) }
            default: checkScalar(node, as: form, at: path)
            }
        return content.map { CheckedValue(content: $0, position: node.position) }
    }

    /// Reports a value of another type.
    mutating func reportType(of node: SourceNode, expecting expectation: String, at path: SettingPath) {
        let advice = node.isNothing ? " Give a value, or leave the key out." : ""
        report(.wrongType, at: node.position, path, "Expected \(expectation), found \(node.kindName).\(advice)")
    }

    private mutating func checkMapping(
        _ node: SourceNode,
        of form: Setting.Form,
        at path: SettingPath
    ) -> CheckedValue.Content? {
        guard let members = node.members else {
            reportType(of: node, expecting: Setting.Form.mapping(form).expectation, at: path)
            return nil
        }
        var checked: [String: CheckedValue] = [:]
        for member in members {
            checked[member.key] = check(
                member.value, as: form, at: path.appending(member.key, at: member.value.position))
        }
        return .object(checked)
    }

    private mutating func checkList(
        _ node: SourceNode,
        of form: Setting.Form,
        at path: SettingPath
    ) -> CheckedValue.Content? {
        guard case .list(let elements) = node.content else {
            reportType(of: node, expecting: Setting.Form.list(form).expectation, at: path)
            return nil
        }
        var checked: [CheckedValue] = []
        for (index, element) in elements.enumerated() {
            if let value = check(element, as: form, at: path.appending(index)) { checked.append(value) }
        }
        return .list(checked)
    }
}
