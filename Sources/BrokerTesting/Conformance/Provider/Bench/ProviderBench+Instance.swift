import BrokerConfiguration
import IdentityBroker
import Logging
import NIOConcurrencyHelpers

extension ProviderBench {
    /// The instance that a rule uses by default.
    static var id: ProviderID { "conforming" }

    /// The settings as the fixture writes them.
    var settings: String { fixture.settings(upstream: upstream.baseURL) }

    /// A configuration with one instance.
    func configuration(_ document: InstanceDocument? = nil) throws -> Configuration {
        if let document { return try read(document) }
        if let known = usualConfiguration.withLockedValue({ $0 }) { return known }
        let usual = try read(self.document())
        usualConfiguration.withLockedValue { $0 = usual }
        return usual
    }

    private func read(_ document: InstanceDocument) throws -> Configuration {
        try Configuration(
            yaml: document.text.utf8,
            file: "conformance.yaml",
            baseDirectory: "/",
            providers: ProviderRegistry([fixture.kind.observed]),
            stores: StoreRegistry([.memory])
        )
    }

    func document(id: ProviderID = id, settings: String? = nil) -> InstanceDocument {
        InstanceDocument(
            id: id, type: fixture.kind.manifest.type, settings: settings ?? self.settings, caFile: upstream.caFile)
    }

    /// The instance of a configuration with one.
    func instance(
        _ document: InstanceDocument? = nil,
        resolver: SecretResolver? = nil,
        logger: Logger = Logger(label: "conformance", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws -> ProviderInstance {
        try configuration(document).makeInstance(
            document?.id ?? Self.id, resolver: resolver ?? self.resolver, clock: brokerClock, logger: logger)
    }

    var resolver: SecretResolver { fixture.resolver() }
}

extension ProviderFixture {
    /// Reads the fixture's secrets and files, and nothing else of the machine that the kit runs on.
    ///
    /// - Parameters:
    ///   - missing: The secret or file that is not there.
    ///   - more: Further secrets.
    ///   - watch: Is told what is read.
    func resolver(
        without missing: String? = nil,
        with more: [String: String] = [:],
        watch: @escaping @Sendable (String) -> Void = { _ in }
    ) -> SecretResolver {
        let (secrets, files) = (secrets.merging(more) { own, _ in own }, files)
        return SecretResolver(
            environment: { name in
                watch(name)
                return name == missing ? nil : secrets[name]
            },
            readFile: { path in
                watch(path)
                guard path != missing, let text = files[path] else { throw NoSuchFile() }
                return Array(text.utf8)
            })
    }
}

/// The fixture has no such file.
struct NoSuchFile: Error {}

/// A configuration file with one instance.
struct InstanceDocument: Sendable {
    var id: ProviderID
    var type: String
    var settings: String
    var caFile: String
    var isEnabled = true
    var allowsLoopback = true

    /// How long a login may take, in seconds of the bench's clock, which stops unless a rule advances it.
    static let timeout = 30
    /// The longest answer that is accepted, in bytes.
    static let responseSize = 64 * 1024

    /// The file. Its limits ensure that only the rule being checked decides; a breaker would make one login fail
    /// because of others.
    var text: String {
        """
        version: 1
        providers:
          \(id):
            type: \(type.yamlScalar)
            enabled: \(isEnabled)
            limits:
              timeout: \(Self.timeout)s
              connectTimeout: \(Self.timeout)s
              responseSize: \(Self.responseSize)B
              breaker: { failures: 0 }
            network:
              caFile: \(caFile.yamlScalar)
              allowAddresses: [\(allowsLoopback ? "127.0.0.0/8, \"::1/128\"" : "")]
            settings:
        \(settings.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
        """
    }
}
