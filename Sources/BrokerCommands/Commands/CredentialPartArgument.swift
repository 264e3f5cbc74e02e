import ArgumentParser

/// A part of a credential, as `--with` gives it: `NAME=VALUE`.
struct CredentialPartArgument: ExpressibleByArgument, Sendable {
    /// Empty if the argument is not of this form. The command checks it, since the parser would repeat the argument.
    let name: String
    let value: String

    init(argument: String) {
        let mark = argument.firstIndex(of: "=") ?? argument.startIndex
        name = String(argument[..<mark])
        value = String(argument[mark...].dropFirst())
    }
}
