package import StrictJSON

/// A provider whose login begins in another app, which the user's app opens.
public protocol LaunchRequesting: IdentityProvider {
    /// What the user's app needs to open the other one. Takes no secret, and makes no request.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    static func launchRequest(settings: Settings) throws -> LaunchRequest
}

extension IdentityProvider {
    /// The launch request if the type has that ability; nil otherwise, and for settings with which it opens no app.
    static func launchRequestIfAny(settings: Settings) -> LaunchRequest? {
        func request<Provider: LaunchRequesting>(_ type: Provider.Type) -> LaunchRequest? {
            // The type is this one, and so are its settings.
            (settings as? Provider.Settings).flatMap { try? Provider.launchRequest(settings: $0) }
        }
        return (self as? any LaunchRequesting.Type).flatMap { request($0) }
    }
}

/// What a user's app needs to open another app.
public struct LaunchRequest: Sendable, Hashable {
    /// What to open, in snake case, such as `wechat_mini_program`.
    public let target: String
    /// The parameters by name in snake case, in display order.
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

    /// The request as JSON, for an instance: its parameters along with `provider` and `target`.
    package func members(for provider: ProviderID) -> JSONObject {
        var members: JSONObject = ["provider": .string(provider.rawValue), "target": .string(target)]
        for parameter in parameters { members[parameter.name] = .string(parameter.value) }
        return members
    }
}
