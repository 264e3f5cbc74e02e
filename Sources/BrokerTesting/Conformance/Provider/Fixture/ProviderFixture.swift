public import IdentityBroker
public import LoopbackServer

/// What the author of a provider passes to ``ProviderConformance``: how its upstream behaves, and what is expected
/// then.
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

    /// The kind that is checked: the type's own by default, or another one of its kinds, such as a preset.
    var kind: ProviderKind { get }

    /// A person whom the kit invented.
    typealias Person = ProviderConformance.Person
    /// What is wrong with an answer.
    typealias Variant = ProviderConformance.Variant

    /// The secrets that the settings refer to, by the name of their environment variable; none by default.
    ///
    /// The kit searches for them where they must not be. So each has at least 16 characters, and resembles nothing
    /// else.
    var secrets: [String: String] { get }

    /// The files that the settings name, such as certificates: their contents by absolute path; none by default. There are no
    /// others where the instance runs.
    var files: [String: String] { get }

    /// The settings under `settings:`, for an upstream at this base URL: a YAML mapping with one setting per line, as
    /// in a configuration file, and with the settings of an object on lines of their own.
    func settings(upstream baseURL: String) -> String

    /// Optional settings that this fixture needs, by path, because it does not give the alternative: one of two kinds of keys,
    /// for example. None by default.
    var settingsWithAlternatives: Set<String> { get }

    /// How many requests an undisturbed login sends; 1 by default. For a provider that sends none, 0: rules about an
    /// upstream's answers are then skipped.
    var requestsPerLogin: Int { get }

    /// Those of a login's requests, by number, whose answers only add claims, such as a profile; none by default. Without
    /// a usable answer to one, the login succeeds with fewer claims and a notice.
    var optionalRequests: Set<Int> { get }

    /// A fresh credential of this person, as the upstream would issue it: a different one for every ``Person/tag``, and
    /// of a one-time form if the type has one. It is valid at ``ProviderConformance/now`` and for a few minutes after.
    ///
    /// - Parameters:
    ///   - person: The owner. Whatever the upstream issues for this login (ticket, code, token) contains the person's
    ///     tag.
    ///   - id: The instance that it will be presented to.
    ///   - broker: The broker that it will be presented to, for a credential that begins there.
    func credential(of person: Person, for id: ProviderID, at broker: Broker) async throws -> Credential

    /// Credentials that the type refuses by their form; none by default. The kit knows those that the manifest's forms
    /// exclude.
    var malformedCredentials: [Credential] { get }

    /// What the upstream answers to a request that contains the person's tag.
    ///
    /// - Parameters:
    ///   - request: What the provider sent.
    ///   - person: The person who logs in. The answer states the person's properties, as far as the upstream has them.
    ///   - variant: What is wrong with the answer.
    /// - Returns: Nil for a request that the upstream does not know, or if its answers cannot be of this variant.
    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse?

    /// What the upstream answers to a request that concerns no person, such as one for its keys. By default there are
    /// no such requests.
    func response(to request: ReceivedRequest) -> ServerResponse?

    /// How many requests that concern no person an instance sends until its first login has succeeded: one for each
    /// `SharedValue` that the login needs. None by default; the rules about shared values are then skipped.
    var sharedRequests: Int { get }

    /// What the upstream issues to the app in answers that concern no person, such as an access token, to be searched for
    /// where it must not be. Each has at least 16 characters. None by default.
    var sharedSecrets: [String] { get }

    /// The app's token that requests carry beside the credential; nil, the default, if they carry none. It is also in
    /// ``sharedSecrets``, and one of the ``sharedRequests`` fetches it.
    var appToken: AppTokenExample? { get }

    /// The identity that a login of this person must yield.
    func expectation(of person: Person) -> ExpectedIdentity

    /// The issuer of every identity at an instance with this issuer: the same by default; another for an upstream whose
    /// issuer depends on the user's organization.
    func identityIssuer(at issuer: Issuer) -> Issuer?

    /// The ways in which the upstream refuses that the provider knows.
    var refusals: [UpstreamRefusal] { get }

    /// Texts that another app returns, and their content; only for a ``CallbackReading`` type. None by default.
    var callbacks: [CallbackExample] { get }

    /// The families of rules that cannot apply here, each with the reason; none by default. The kit shows them by name.
    var omissions: [ProviderConformance.Family: String] { get }
}

extension ProviderFixture {
    /// The kind of the type.
    public var kind: ProviderKind { ProviderKind(Provider.self) }

    /// None.
    public var secrets: [String: String] { [:] }

    /// None.
    public var files: [String: String] { [:] }

    /// None.
    public var settingsWithAlternatives: Set<String> { [] }

    /// One.
    public var requestsPerLogin: Int { 1 }

    /// None.
    public var optionalRequests: Set<Int> { [] }

    /// The requests of a login that it cannot do without.
    var requiredRequests: [Int] {
        requestsPerLogin > 0 ? (1...requestsPerLogin).filter { !optionalRequests.contains($0) } : []
    }

    /// None.
    public var malformedCredentials: [Credential] { [] }

    /// Nil: the upstream knows no such request.
    public func response(to request: ReceivedRequest) -> ServerResponse? { nil }

    /// None.
    public var sharedRequests: Int { 0 }

    /// None.
    public var sharedSecrets: [String] { [] }

    /// Nil: there is none.
    public var appToken: AppTokenExample? { nil }

    /// The instance's.
    public func identityIssuer(at issuer: Issuer) -> Issuer? { issuer }

    /// None.
    public var callbacks: [CallbackExample] { [] }

    /// None.
    public var omissions: [ProviderConformance.Family: String] { [:] }
}

/// A text that another app returns to the user's app, and what a ``CallbackReading`` provider must find in it.
public struct CallbackExample: Sendable {
    /// What must be found.
    public enum Outcome: Sendable, Equatable {
        /// A credential with this text.
        case credential(String)
        /// A failure of this kind.
        case failure(BrokerError.Kind)
    }

    /// The text.
    public let text: String
    /// What must be found.
    public let outcome: Outcome

    /// Creates an example.
    public init(_ text: String, holds outcome: Outcome) {
        self.text = text
        self.outcome = outcome
    }
}

/// One way in which an upstream refuses, and its meaning.
public struct UpstreamRefusal: Sendable, CustomStringConvertible {
    /// What the upstream says, in a few words.
    public let description: String
    /// Its meaning.
    public let kind: BrokerError.Kind
    /// The code that the error must carry; nil for any, or none.
    public let code: String?
    /// Which of a login's requests is refused; the first is 1.
    public let request: Int

    let response: @Sendable (String) -> ServerResponse

    /// Creates a refusal.
    ///
    /// - Parameters:
    ///   - name: What the upstream says, in a few words.
    ///   - kind: Its meaning.
    ///   - code: The upstream's code that the error must carry; nil for any, or none.
    ///   - request: Which of a login's requests is refused; the first is 1. Those before it are answered correctly.
    ///   - response: The answer. If the upstream includes a message, it must be the given text, none of which may reach
    ///     an error. The text needs no escaping in JSON, HTML or a header field.
    public init(
        _ name: String,
        means kind: BrokerError.Kind,
        code: String? = nil,
        to request: Int = 1,
        response: @escaping @Sendable (_ message: String) -> ServerResponse
    ) {
        description = name
        self.kind = kind
        self.code = code
        self.request = request
        self.response = response
    }
}
