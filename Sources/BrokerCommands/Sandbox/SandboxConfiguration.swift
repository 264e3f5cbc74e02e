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
    /// The configuration that a sandbox stands in for: the file, or a built-in one where none is named and the default file does
    /// not exist.
    func loadConfigurationOfSandbox(in composition: Composition) throws(BrokerError) -> Configuration {
        guard !namesConfiguration, access(configurationPath, F_OK) != 0, [ENOENT, ENOTDIR].contains(errno) else {
            return try loadConfiguration(in: composition)
        }
        do {
            return try Configuration(
                yaml: SandboxConfiguration.text.utf8,
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

/// What `--sandbox` serves where there is no configuration file.
enum SandboxConfiguration {
    /// Its secrets are never read: a sandbox has its own.
    static let text = """
        version: 1
        providers:
          wxapp:
            type: wxapp
            displayName: WeChat mini program
            settings:
              userPoolId: 5e4cdd055df3df65dc58b97d
              secret: { env: GENAUTH_USER_POOL_SECRET }
        server:
          listen: 127.0.0.1:8080
          keyEncryptionKey: { env: BROKER_KEY_ENCRYPTION_KEY }
        clients:
          example-app:
            displayName: Example app
            secret: { env: EXAMPLE_APP_SECRET }
            audiences: [https://api.example.com]
        """
}
