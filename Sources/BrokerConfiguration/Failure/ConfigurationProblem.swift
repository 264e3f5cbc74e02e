import IdentityBroker

/// One thing that is wrong, or unwise, in a configuration file.
///
/// It names keys and repeats no values, so it cannot contain a secret; what a provider type objects to in its settings is
/// reported in the type's own words, less the secrets in the file.
public struct ConfigurationProblem: Sendable, Hashable {
    /// The stable word for what is wrong.
    public let kind: Kind
    /// The file's name, as it was given.
    public let file: String
    /// Where in the file; nil where the file as a whole is meant.
    public let position: SourcePosition?
    /// The keys that lead there, as in `providers.wxapp.limits.timeout`; empty for the document itself.
    public let keyPath: String
    /// What is wrong and what to write instead.
    public let message: String
}

extension ConfigurationProblem: CustomStringConvertible {
    /// `file:line:column: message`, or `file: message`, on one line: what is not printable is escaped.
    public var description: String {
        (position.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)").printable
    }
}
