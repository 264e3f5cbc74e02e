import IdentityBroker

/// One thing that is wrong, or unwise, in a configuration file.
///
/// It names keys but repeats no values, so it cannot contain a secret; a provider type's objections to its settings are
/// reported in the type's own words, without the secrets in the file.
public struct ConfigurationProblem: Sendable, Hashable {
    /// The stable code for what is wrong.
    public let kind: Kind
    /// The file's name, as given.
    public let file: String
    /// The position in the file; nil for the file as a whole.
    public let position: SourcePosition?
    /// The keys that lead to the setting, as in `providers.wxapp.limits.timeout`; empty for the document itself.
    public let keyPath: String
    /// What is wrong and what to write instead.
    public let message: String
}

extension ConfigurationProblem: CustomStringConvertible {
    /// `file:line:column: message`, or `file: message`, on one line: non-printable characters are escaped.
    public var description: String {
        (position.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)").printable
    }
}
