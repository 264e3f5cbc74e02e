import IdentityBroker

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
        case .path, .url: return text.contains(/(?:^|[\/@:.])\$[A-Za-z_][A-Za-z0-9_]*/)
        default: return false
        }
    }
}
