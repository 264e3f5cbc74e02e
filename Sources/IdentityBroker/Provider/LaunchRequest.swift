/// What a user's app passes on to open another app.
public struct LaunchRequest: Sendable, Hashable {
    /// What is opened, in snake case, such as `wechat_mini_program`.
    public let target: String
    /// The parameters by name in snake case, in the order in which they are best shown.
    public let parameters: [Parameter]

    /// One parameter.
    public struct Parameter: Sendable, Hashable {
        /// The name in snake case.
        public let name: String
        /// The value.
        public let value: String

        /// Makes a parameter.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Makes a launch request.
    public init(target: String, parameters: [Parameter]) {
        self.target = target
        self.parameters = parameters
    }
}
