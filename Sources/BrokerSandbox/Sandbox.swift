public import ArgumentParser
public import IdentityBroker

/// An upstream that runs on this machine, for development: it lets a provider type be tried without its real upstream.
///
/// A program passes its sandboxes to `BrokerCommand.main(providers:stores:sandboxes:)`. The provider type knows nothing
/// about its sandbox, so an app that only embeds the provider does not link it.
///
/// It listens on loopback only, uses TLS with a certificate from its own authority, and signs anyone in.
public protocol Sandbox: Sendable {
    /// The options of `broker sandbox`. All have defaults, which `--sandbox` uses.
    associatedtype Options: ParsableArguments & Sendable

    /// The provider type whose upstream it plays: `type:` in the configuration, and the argument of `broker sandbox`.
    static var providerType: String { get }

    /// The upstream's name for people.
    static var displayName: String { get }

    /// A one-sentence description in the help of `broker sandbox`.
    static var summary: String { get }

    /// The rest of its help, with an example.
    static var discussion: String { get }

    /// Starts it. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error, such as for a port that is in use.
    static func start(with options: Options) async throws -> Self

    /// Stops it; returns when its port is free.
    func stop() async

    /// Its base URL: `https://localhost:PORT`.
    var baseURL: String { get }

    /// The certificate authority to trust, as PEM.
    var caCertificatePEM: String { get }

    /// The settings of a provider instance that uses this sandbox, in the order to write them.
    var settings: [SandboxSetting] { get }

    /// Makes a credential that is valid for one login.
    ///
    /// - Throws: What keeps it from making one.
    func mintCredential() throws -> Credential

    /// Makes as many credentials as the options say, and describes how to use them.
    ///
    /// - Throws: What keeps it from making one.
    func makeGuide() throws -> SandboxGuide
}

/// A setting of a provider instance, under `settings:`.
public struct SandboxSetting: Sendable {
    /// The value.
    public enum Value: Sendable {
        /// Text, written as is.
        case text(String)
        /// A secret, which the configuration refers to rather than contains.
        case secret(String)
    }

    /// The key under `settings:`.
    public let key: String
    /// The value.
    public let value: Value

    /// Creates a setting.
    public init(_ key: String, _ value: Value) {
        self.key = key
        self.value = value
    }
}
