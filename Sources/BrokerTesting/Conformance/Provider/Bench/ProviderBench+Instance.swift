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
            providers: ProviderRegistry([ObservedProvider<Fixture.Provider>.self]),
            stores: StoreRegistry([.memory])
        )
    }

    func document(id: ProviderID = id, settings: String? = nil) -> InstanceDocument {
        InstanceDocument(
            id: id, type: Fixture.Provider.manifest.type, settings: settings ?? self.settings, caFile: upstream.caFile)
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

    /// Only the fixture's secrets, and nothing else of the machine that the kit runs on.
    var resolver: SecretResolver {
        let secrets = fixture.secrets
        return SecretResolver(environment: { secrets[$0] }, readFile: { _ in throw NoSuchFile() })
    }
}

/// The kit has no files.
struct NoSuchFile: Error {}
