public import ArgumentParser
public import IdentityBroker

/// An upstream that runs on this machine, for development: the ability of a provider type to be tried without its real one.
///
/// A program hands the sandboxes that it has to `BrokerCommand.main(providers:stores:sandboxes:)`. The provider type knows
/// nothing of its sandbox, so an app that only embeds the provider does not link it.
///
/// It listens on loopback alone, speaks TLS with a certificate of an authority of its own, and signs anyone in.
public protocol Sandbox: Sendable {
    /// What `broker sandbox` takes for it. All of them have defaults, with which `--sandbox` starts it.
    associatedtype Options: ParsableArguments & Sendable

    /// The provider type whose upstream it plays: the `type:` in configuration, and its name after `broker sandbox`.
    static var providerType: String { get }

    /// The upstream's name for people.
    static var displayName: String { get }

    /// What `broker sandbox` says about it, in a sentence.
    static var summary: String { get }

    /// What its help says besides, with an example.
    static var discussion: String { get }

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: What the system throws, such as for a port that is taken.
    static func start(with options: Options) async throws -> Self

    /// Ends it; returns when its port is free.
    func stop() async

    /// Where it answers: `https://localhost:PORT`.
    var baseURL: String { get }

    /// The certificate authority that is to be trusted, as PEM.
    var caCertificatePEM: String { get }

    /// The settings of a provider instance that signs people in here, in the order in which they are written.
    var settings: [SandboxSetting] { get }

    /// Makes a credential that is good for one login.
    ///
    /// - Throws: What keeps it from making one.
    func mintCredential() throws -> Credential

    /// Makes as many credentials as its options say, and tells what goes with them.
    ///
    /// - Throws: What keeps it from making one.
    func makeGuide() throws -> SandboxGuide
}

/// A setting of a provider instance, under `settings:`.
public struct SandboxSetting: Sendable {
    /// The value.
    public enum Value: Sendable {
        /// Text that is written as it is.
        case text(String)
        /// A secret, which configuration refers to and does not contain.
        case secret(String)
    }

    /// The key under `settings:`.
    public let key: String
    /// The value.
    public let value: Value

    /// Makes a setting.
    public init(_ key: String, _ value: Value) {
        self.key = key
        self.value = value
    }
}
