import IdentityBroker

/// A variable written as a shell writes it, `$NAME` or `${NAME}`. Configuration expands none.
enum VariableReference {
    /// What to write instead.
    static let advice = """
        Variables such as $NAME are not expanded. Write the value itself; only a secret can come from the environment: \
        { env: NAME }.
        """

    /// Whether the text is a variable's name and nothing else.
    static func isWhole(_ text: String) -> Bool {
        text.wholeMatch(of: /\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[^{}]*\})/) != nil
    }

    /// Whether the writer of the text expected a variable to be expanded.
    ///
    /// A dollar sign is legitimate in a name for people, so that elsewhere in a text only `${NAME}` counts. In a path or a
    /// URL a component that begins with `$NAME` does too.
    static func isMeant(by text: String, as form: Setting.Form) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return false }
        if isWhole(text) || text.contains(/\$\{[A-Za-z_][A-Za-z0-9_]*(?:[:?+=-][^}]*)?\}/) { return true }
        switch form {
        case .path, .url: return text.contains(/(?:^|[\/@:.])\$[A-Za-z_][A-Za-z0-9_]*/)
        default: return false
        }
    }
}
