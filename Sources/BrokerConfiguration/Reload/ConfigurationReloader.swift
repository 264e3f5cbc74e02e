public import IdentityBroker
public import Logging

/// Applies a changed configuration file to a running broker.
///
/// The file is read and checked as at the start, every instance is made and every secret read, and only then do the new
/// instances take the places of the old ones. If anything fails, the last good configuration stays in effect.
///
/// What a program can take up while it runs, it does: providers, and whatever it prepares for. The store, and settings of
/// the service such as where it listens, are read at the start alone. A file that changes them is taken up all the same, so
/// that a kill switch works whatever else has changed, and ``settingsNeedingRestart`` names them.
public actor ConfigurationReloader {
    /// Prepares what a program applies besides the providers, or throws what is wrong with it.
    public typealias Preparation = @Sendable (Configuration) throws(ConfigurationError) -> PreparedChange

    /// How what runs relates to the file.
    public private(set) var state: ConfigurationState {
        didSet { observe(state) }
    }

    /// The configuration whose providers the broker serves.
    public var configuration: Configuration { state.configuration }
    /// Why the file is not what the broker serves; nil while it is, as far as is known.
    public var failure: ConfigurationError? { state.failure }
    /// The settings of the file that take effect only when the program is restarted.
    public var settingsNeedingRestart: [ConfigurationProblem] { state.settingsNeedingRestart }

    private let broker: Broker
    private let path: String
    private let providers: ProviderRegistry
    private let stores: StoreRegistry
    private let resolver: SecretResolver
    private let clock: BrokerClock
    private let logger: Logger
    private let prepare: Preparation
    private let observe: @Sendable (ConfigurationState) -> Void
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
    ///   - preparing: What the program applies besides the providers: clients and limits of a service, for instance.
    ///   - observing: Called with the state after each time that the file was taken up or refused.
    public init(
        _ configuration: Configuration,
        of broker: Broker,
        contentsOf path: String,
        providers: ProviderRegistry,
        stores: StoreRegistry,
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        preparing prepare: @escaping Preparation = { _ in PreparedChange() },
        observing observe: @escaping @Sendable (ConfigurationState) -> Void = { _ in }
    ) {
        state = ConfigurationState(configuration)
        self.broker = broker
        self.path = path
        self.providers = providers
        self.stores = stores
        self.resolver = resolver
        self.clock = clock
        self.logger = logger
        self.prepare = prepare
        self.observe = observe
    }

    /// Reads the file, and all secrets and files that it refers to, whether or not it says something new.
    ///
    /// - Returns: What the file says that it did not say before.
    /// - Throws: ``ConfigurationError`` with every problem there is; the broker then serves on as it did.
    public func reload() throws(ConfigurationError) -> ConfigurationChanges {
        try takeUp(read())
    }

    /// Reads the file, and applies it once two reads in a row have seen the same: a half-written file may be valid, with
    /// half of the providers.
    ///
    /// A failure is retried with every read, because a secret may appear later than the file that refers to it.
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
            state = try serve(new)
            return ConfigurationChanges(from: old, to: new, needingRestart: settingsNeedingRestart)
        } catch {
            state.failure = error
            throw error
        }
    }

    /// Serves a configuration, or throws with every problem there is.
    private func serve(_ new: Configuration) throws(ConfigurationError) -> ConfigurationState {
        var problems: [ConfigurationProblem] = []
        var instances: [ProviderInstance] = []
        do {
            instances = try new.makeInstances(resolver: resolver, clock: clock, logger: logger)
        } catch {
            problems += error.problems
        }
        var change = PreparedChange()
        do {
            change = try prepare(new)
        } catch {
            problems += error.problems
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems.inFileOrder) }
        do {
            try broker.replaceProviders(with: instances)
        } catch {
            throw ConfigurationError(SourceFault(.defect, at: nil, error.message), in: path)
        }
        change.apply()
        var state = state
        (state.configuration, state.failure) = (new, nil)
        state.settingsNeedingRestart =
            (new.settingsNeedingRestart(since: state.started) + change.settingsNeedingRestart).inFileOrder
        return state
    }
}

extension [ConfigurationProblem] {
    fileprivate var inFileOrder: [ConfigurationProblem] {
        sorted { ($0.position ?? .start) < ($1.position ?? .start) }
    }
}
