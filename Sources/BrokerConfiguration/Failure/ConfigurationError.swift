/// Why a configuration cannot be used: every problem found, in file order.
public struct ConfigurationError: Error, Sendable, Hashable {
    /// The problems; at least one.
    public let problems: [ConfigurationProblem]

    package init(problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    init(_ fault: SourceFault, in file: String) {
        problems = [
            ConfigurationProblem(
                kind: fault.kind,
                file: file,
                position: fault.position,
                keyPath: SettingPath.document.text,
                message: fault.message
            )
        ]
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line per problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
