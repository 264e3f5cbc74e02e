public import IdentityBroker
public import LoopbackServer

/// What the author of a provider hands to ``ProviderConformance``: how its upstream behaves, and what is expected then.
///
/// A fixture plays the upstream. The kit invents the people, starts the server, logs them in through the real pipeline and
/// the real transport, and has that upstream misbehave in every way it knows.
///
/// ```swift
/// struct ExampleFixture: ProviderFixture {
///     typealias Provider = ExampleProvider
///
///     let secrets = ["EXAMPLE_SECRET": "canary-x7Qm2WbLfT9e4Zk"]
///
///     func settings(upstream: String) -> String {
///         """
///         baseURL: \(upstream)
///         secret: { env: EXAMPLE_SECRET }
///         """
///     }
///
///     func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
///         .ticket("ticket-\(person.tag)")
///     }
///
///     func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? { … }
///     func expectation(of person: Person) -> ExpectedIdentity { … }
///     var refusals: [UpstreamRefusal] { … }
/// }
/// ```
public protocol ProviderFixture: Sendable {
    /// The provider type that is checked.
    associatedtype Provider: IdentityProvider

    /// Somebody whom the kit invented.
    typealias Person = ProviderConformance.Person
    /// What is the matter with an answer.
    typealias Variant = ProviderConformance.Variant

    /// The secrets that the settings refer to, by the name of their environment variable; none by default.
    ///
    /// The kit looks for them where they must not be. So each has at least 16 characters, and looks like nothing else.
    var secrets: [String: String] { get }

    /// What stands under `settings:`, for an upstream at this base URL: a YAML mapping with a setting a line, as in a
    /// configuration file, and with the settings of an object on lines of their own.
    func settings(upstream baseURL: String) -> String

    /// How many requests a login sends that nothing goes wrong with; 1 by default. For a provider that sends none, 0: no
    /// rule of what an upstream answers is checked then.
    var requestsPerLogin: Int { get }

    /// A fresh credential of this person, as the upstream would issue it: another one for every ``Person/tag``, and of a
    /// one-time form if the type has one. It is good at ``ProviderConformance/now`` and a few minutes later.
    ///
    /// - Parameters:
    ///   - person: Whose it is. Whatever the upstream issues for this login (ticket, code, token) holds the person's tag.
    ///   - id: The instance that it is going to be presented to.
    ///   - broker: The broker that it is going to be presented to, for a credential that begins there.
    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential

    /// Credentials that the type refuses by their form; none by default. Those that the manifest's forms rule out, the kit
    /// knows.
    var malformedCredentials: [Credential] { get }

    /// What the upstream answers to a request in which the person's tag stands.
    ///
    /// - Parameters:
    ///   - request: What the provider sent.
    ///   - person: Whose login it is. The answer says what the person's properties say, as far as the upstream has them.
    ///   - variant: What is the matter with the answer.
    /// - Returns: Nil for a request that the upstream does not know, or if its answers cannot be of this variant.
    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse?

    /// What the upstream answers to a request that is about nobody, such as one for its keys. By default it knows none.
    func response(to request: ReceivedRequest) -> ServerResponse?

    /// The identity that has to come of a login of this person.
    func expectation(of person: Person) -> ExpectedIdentity

    /// The ways in which the upstream refuses that the provider knows.
    var refusals: [UpstreamRefusal] { get }

    /// Texts that another app hands back, and what is in them; only for a ``CallbackReading`` type. None by default.
    var callbacks: [CallbackExample] { get }

    /// The families of rules that cannot hold here, each with the reason; none by default. The kit shows them by name.
    var omissions: [ProviderConformance.Family: String] { get }
}

extension ProviderFixture {
    /// None.
    public var secrets: [String: String] { [:] }

    /// One.
    public var requestsPerLogin: Int { 1 }

    /// None.
    public var malformedCredentials: [Credential] { [] }

    /// Nil: the upstream knows no such request.
    public func response(to request: ReceivedRequest) -> ServerResponse? { nil }

    /// None.
    public var callbacks: [CallbackExample] { [] }

    /// None.
    public var omissions: [ProviderConformance.Family: String] { [:] }
}
