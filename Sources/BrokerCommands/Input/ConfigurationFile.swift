import BrokerConfiguration
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension CommonOptions {
    /// The configuration file: the given one, otherwise `$BROKER_CONFIG`, otherwise `Config/broker.yaml`.
    var configurationPath: String {
        config ?? Self.configurationVariable ?? "Config/broker.yaml"
    }

    /// Whether a configuration file was named.
    var namesConfiguration: Bool {
        config != nil || Self.configurationVariable != nil
    }

    private static var configurationVariable: String? {
        getenv("BROKER_CONFIG").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the configuration. If there are several problems, each is first written on its own line to standard error.
    func loadConfiguration(in composition: Composition) throws(BrokerError) -> Configuration {
        do {
            return try Configuration.load(
                contentsOf: configurationPath,
                providers: composition.providers,
                stores: composition.stores
            )
        } catch {
            guard !namesConfiguration, error.problems.map(\.kind) == [.unreadable] else {
                throw composition.console.report(error)
            }
            // A newcomer's first error: they may not know yet that there is such a file.
            throw .misconfigured(
                "\(BrokerError(error).message) Name a configuration with --config or BROKER_CONFIG, or try --sandbox.")
        }
    }
}

extension Console {
    /// Makes something from a configuration, and converts a failure to the common form.
    func reporting<Value>(_ make: () async throws -> Value) async throws(BrokerError) -> Value {
        do {
            return try await make()
        } catch let error as ConfigurationError {
            throw report(error)
        } catch let error as BrokerError {
            throw error
        } catch {
            throw BrokerError(.internalError, "The configuration cannot be used: \(type(of: error)).")
        }
    }

    /// Writes every problem on its own line, and returns the failure to end with.
    func report(_ error: ConfigurationError) -> BrokerError {
        if error.problems.count > 1 { writeError(error.description) }
        return BrokerError(error)
    }
}

extension ProviderID {
    /// Parses the id on the command line.
    static func named(_ text: String) throws(BrokerError) -> ProviderID {
        guard let id = ProviderID(text) else {
            throw BrokerError(
                .unknownProvider, "This is not a provider id. An id looks like 'my-provider': [a-z][a-z0-9-]*.")
        }
        return id
    }
}
