/// Why no launch request can be made from the configuration.
public struct WXAppLaunchError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Problem: String {
        case empty
        case notVisible = "not_visible"
        case notAbsolute = "not_absolute"
        case hasQuery = "has_query"
    }

    private let problem: Problem
    private let launchParameter: LaunchParameter

    init(_ problem: Problem, in parameter: LaunchParameter) {
        self.problem = problem
        self.launchParameter = parameter
    }

    /// What is wrong, as a stable name: `empty`, `not_visible`, `not_absolute` or `has_query`.
    public var code: String { problem.rawValue }

    /// The offending parameter, by its name in configuration: `userPoolId`, `userName`, `appId` or `path`.
    public var parameter: String { launchParameter.rawValue }

    /// A sentence for people, without the offending value.
    public var description: String {
        switch problem {
        case .empty:
            "\(parameter) is empty; set it."
        case .notVisible:
            "\(parameter) has white space, control or other invisible characters in it; remove them."
        case .notAbsolute:
            "\(parameter) does not begin with a slash; write it as in /routes/explore."
        case .hasQuery:
            "\(parameter) has a query or a fragment; leave it out, since the launch request adds the query."
        }
    }
}
