import IdentityBroker

extension Checker {
    private static let secretHint = """
        Write a reference: { env: NAME } for an environment variable, { file: PATH } for a file, or { literal: "…" } \
        to write it in this file.
        """

    /// A reference to a secret. Anything else may be the secret itself, so messages repeat none of it, not even keys.
    mutating func checkSecret(_ node: SourceNode, at path: SettingPath) -> SecretReference? {
        guard let members = node.members else {
            report(.wrongType, at: node.position, path, "A secret cannot be written here directly. \(Self.secretHint)")
            return nil
        }
        guard members.count == 1, let member = members.first, ["env", "file", "literal"].contains(member.key) else {
            let message = "Expected exactly one of env, file and literal. \(Self.secretHint)"
            report(.invalidValue, at: node.position, path, message)
            return nil
        }
        let place = path.appending(member.key, at: member.value.position)
        guard let text = checkSecretText(member.value, at: place) else { return nil }
        switch member.key {
        case "env":
            guard text.isEnvironmentName else {
                let message = "Expected the name of an environment variable, without '$': letters, digits and '_'."
                report(.invalidValue, at: member.value.position, place, message)
                return nil
            }
            return .environment(text)
        case "file":
            guard !VariableReference.isMeant(by: text, as: .path) else {
                report(.invalidValue, at: member.value.position, place, VariableReference.advice)
                return nil
            }
            return .file(absolutePath(text))
        default:
            return checkLiteral(text, at: member.value.position, place)
        }
    }

    private mutating func checkLiteral(
        _ text: String,
        at position: SourcePosition,
        _ path: SettingPath
    ) -> SecretReference? {
        if VariableReference.isWhole(text) {
            let message = "Variables are not expanded. For a secret from the environment write { env: NAME }."
            report(.invalidValue, at: position, path, message)
            return nil
        }
        if let flaw = SecretTextFlaw(in: text) {
            report(.invalidValue, at: position, path, "This secret \(flaw.predicate)")
            return nil
        }
        return .literal(Secret(text))
    }

    private mutating func checkSecretText(_ node: SourceNode, at path: SettingPath) -> String? {
        guard case .scalar(let text, _) = node.content, !node.isNothing else {
            reportType(of: node, expecting: "text", at: path)
            return nil
        }
        guard !text.isEmpty, !text.unicodeScalars.contains("\0") else {
            report(.invalidValue, at: node.position, path, "Expected text that is not empty and contains no NUL.")
            return nil
        }
        return text
    }
}

extension String {
    /// Whether the text is a POSIX name for environment variables (IEEE Std 1003.1, Base Definitions §3.216).
    fileprivate var isEnvironmentName: Bool {
        utf8.first.map { !(0x30...0x39).contains($0) } == true
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
                default: false
                }
            }
    }
}

/// A variable in shell syntax, `$NAME` or `${NAME}`. Configuration expands none.
enum VariableReference {
    /// What to write instead.
    static let advice = """
        Variables such as $NAME are not expanded. Write the value itself; only a secret can come from the environment: \
        { env: NAME }.
        """

    /// Whether the whole text is one variable.
    static func isWhole(_ text: String) -> Bool {
        text.wholeMatch(of: /\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[^{}]*\})/) != nil
    }

    /// Whether the author of the text expected a variable to be expanded.
    ///
    /// A dollar sign is legitimate in a display name, so inside a text only `${NAME}` counts. In a path or a URL, a
    /// component that begins with `$NAME` does too.
    static func isMeant(by text: String, as form: Setting.Form) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return false }
        if isWhole(text) || text.contains(/\$\{[A-Za-z_][A-Za-z0-9_]*(?:[:?+=-][^}]*)?\}/) { return true }
        switch form {
        case .path, .url, .urlTemplate: return text.contains(/(?:^|[\/@:.])\$[A-Za-z_][A-Za-z0-9_]*/)
        default: return false
        }
    }
}
