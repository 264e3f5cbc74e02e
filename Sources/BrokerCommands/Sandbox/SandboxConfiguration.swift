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
    /// The configuration whose upstream a sandbox replaces; nil if no file is named and the default file does not
    /// exist.
    func loadConfigurationOfSandbox(in composition: Composition) throws(BrokerError) -> Configuration? {
        guard !namesConfiguration, access(configurationPath, F_OK) != 0, [ENOENT, ENOTDIR].contains(errno) else {
            return try loadConfiguration(in: composition)
        }
        return nil
    }
}

/// What `serve --sandbox` serves without a configuration file: everything but the providers.
enum SandboxConfiguration {
    /// Its secrets are never read: a sandbox has its own.
    private static let text = """
        version: 1
        providers: {}
        server:
          listen: 127.0.0.1:8080
          keyEncryptionKey: { env: BROKER_KEY_ENCRYPTION_KEY }
        clients:
          example-app:
            displayName: Example app
            secret: { env: EXAMPLE_APP_SECRET }
            audiences: [https://api.example.com]
        """

    /// Reads it.
    static func load(in composition: Composition) throws(BrokerError) -> Configuration {
        do {
            return try Configuration(
                yaml: text.utf8,
                file: "the sandbox's configuration",
                baseDirectory: "/",
                providers: composition.providers,
                stores: composition.stores
            )
        } catch {
            throw composition.console.report(error)
        }
    }
}
