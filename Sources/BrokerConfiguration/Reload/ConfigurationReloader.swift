public import IdentityBroker
public import Logging

/// Hands a running broker what its configuration file says by now: all of it, or nothing.
///
/// The file is read and checked as at the start, every instance is made and every secret read, and only then do the new
/// instances take the places of the old ones. Whatever stands against it, the last good configuration serves on.
///
/// The store is not changed: it holds what was spent, and what runs would no longer be what the file says. A file with
/// another `stores:` is therefore refused as a whole, the providers in it included, until the program is restarted. So is
/// one with another `server:` or other `clients:`, whose secrets and limits a service has taken up at its start.
public actor ConfigurationReloader {
    /// What the broker serves.
    public private(set) var configuration: Configuration
    /// Why the file is not what the broker serves; nil while it is, as far as is known.
    public private(set) var failure: ConfigurationError?

    private let broker: Broker
    private let path: String
    private let providers: ProviderRegistry
    private let stores: StoreRegistry
    private let resolver: SecretResolver
    private let clock: BrokerClock
    private let logger: Logger
    private var lastLook: Result<[UInt8], ConfigurationError>?

    /// Makes a reloader.
    ///
    /// - Parameters:
    ///   - configuration: What the broker was made of.
    ///   - broker: The broker.
    ///   - path: The configuration file.
    ///   - providers: The provider types that it may name.
    ///   - stores: The kinds of store that it may name.
    ///   - resolver: What reads secrets.
    ///   - clock: The clock of the instances.
    ///   - logger: The logger of the instances.
    public init(
        _ configuration: Configuration,
        of broker: Broker,
        contentsOf path: String,
        providers: ProviderRegistry,
        stores: StoreRegistry,
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.configuration = configuration
        self.broker = broker
        self.path = path
        self.providers = providers
        self.stores = stores
        self.resolver = resolver
        self.clock = clock
        self.logger = logger
    }

    /// Reads the file, and all secrets and files that it refers to, whether or not it says something new.
    ///
    /// - Returns: What the file says that it did not say before.
    /// - Throws: ``ConfigurationError`` with every problem there is; the broker then serves on as it did.
    public func reload() throws(ConfigurationError) -> ConfigurationChanges {
        try takeUp(read())
    }

    /// Looks at the file, and takes up what it says once two looks in a row have seen the same: a file that is being
    /// written may be valid half-way, with half of the providers.
    ///
    /// What failed is tried again with every look, since a secret may come later than the file that refers to it.
    ///
    /// - Returns: What the file says that it did not say before; nil where there is nothing new to tell.
    /// - Throws: As ``reload()`` does, but the same error only once.
    func reloadIfChanged() throws(ConfigurationError) -> ConfigurationChanges? {
        let contents = read()
        let hasSettled = contents == lastLook
        lastLook = contents
        let isServed = contents == .success(configuration.source.revealBytes()) && failure == nil
        guard hasSettled, !isServed else { return nil }
        let known = failure
        do {
            return try takeUp(contents)
        } catch {
            guard error != known else { return nil }
            throw error
        }
    }

    private func read() -> Result<[UInt8], ConfigurationError> {
        Result { () throws(ConfigurationError) in try Configuration.read(path) }
    }

    private func takeUp(
        _ contents: Result<[UInt8], ConfigurationError>
    ) throws(ConfigurationError) -> ConfigurationChanges {
        do {
            let old = configuration
            let new = try Configuration(contents.get(), from: path, providers: providers, stores: stores)
            try serve(new)
            failure = nil
            return ConfigurationChanges(from: old, to: new)
        } catch {
            failure = error
            throw error
        }
    }

    private func serve(_ new: Configuration) throws(ConfigurationError) {
        var problems = new.providers.filter(\.isEnabled).flatMap(\.unreadableCAFiles)
        if !new.store.isAlike(configuration.store) {
            let message = "The store cannot be changed while the broker runs. Restart it, or put back what stood here."
            problems.append(new.store.source.problem(.needsRestart, message))
        }
        problems += new.problemsOfServing(after: configuration)
        var instances: [ProviderInstance] = []
        do {
            instances = try new.makeInstances(resolver: resolver, clock: clock, logger: logger)
        } catch {
            problems += error.problems
        }
        guard problems.isEmpty else {
            throw ConfigurationError(problems: problems.sorted { ($0.position ?? .start) < ($1.position ?? .start) })
        }
        do {
            try broker.replaceProviders(with: instances)
        } catch {
            throw ConfigurationError(SourceFault(.defect, at: nil, error.message), in: path)
        }
        configuration = new
    }
}
