public import IdentityBroker
public import Logging

/// Applies a changed configuration file to a running broker.
///
/// The file is read and checked as at the start. If it is not valid, the last valid one stays in effect. Otherwise all of it
/// that can be applied is applied, so that a kill switch works whatever else is wrong: an instance that cannot be made, say
/// because its secret cannot be read, stays as it was, or is left out where it is new, and ``failure`` says why.
///
/// The store, and settings of the service such as where it listens, are read at the start alone. A file that changes them is
/// applied all the same, and ``settingsNeedingRestart`` names them.
public actor ConfigurationReloader {
    /// Prepares what a program applies besides the providers, or throws why nothing of it can be applied.
    public typealias Preparation = @Sendable (Configuration) throws(ConfigurationError) -> PreparedChange

    /// How what runs relates to the file.
    public private(set) var state: ConfigurationState {
        didSet { observe(state) }
    }

    /// The configuration that is in effect.
    public var configuration: Configuration { state.configuration }
    /// Why the file, or a part of it, is not in effect; nil while all of it is, as far as is known.
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

    /// Reads the file, and all secrets and files that it refers to, whether or not it says something new, and applies what
    /// can be applied.
    ///
    /// - Returns: What is in effect that was not before, and what is not.
    /// - Throws: ``ConfigurationError`` where the file cannot be read or is not valid; all stays as it was.
    public func reload() throws(ConfigurationError) -> ConfigurationChanges {
        try apply(plan(for: read()))
    }

    /// Reads the file, and applies it once two reads in a row have seen the same: a half-written file may be valid, with
    /// half of the providers.
    ///
    /// What failed is tried again with every read, because a secret may appear later than the file that refers to it.
    ///
    /// - Returns: As ``reload()`` does; nil where there is nothing new to tell.
    /// - Throws: As ``reload()`` does, but the same error only once.
    func reloadIfChanged() throws(ConfigurationError) -> ConfigurationChanges? {
        let contents = read()
        let hasSettled = contents == lastLook
        lastLook = contents
        let isApplied = contents == .success(configuration.source.revealBytes())
        guard hasSettled, !isApplied || failure != nil else { return nil }
        let known = failure
        do {
            let plan = try plan(for: contents)
            // Nothing has become better since it was applied.
            guard !isApplied || plan.failure != known else { return nil }
            return try apply(plan)
        } catch {
            guard error != known else { return nil }
            throw error
        }
    }

    private func read() -> Result<[UInt8], ConfigurationError> {
        Result { () throws(ConfigurationError) in try Configuration.read(path) }
    }

    /// Makes all that the file asks for, and applies nothing.
    private func plan(for contents: Result<[UInt8], ConfigurationError>) throws(ConfigurationError) -> ReloadPlan {
        do {
            let new = try Configuration(contents.get(), from: path, providers: providers, stores: stores)
            return ReloadPlan(
                new, after: configuration, preparing: prepare, resolver: resolver, clock: clock, logger: logger)
        } catch {
            state.failure = error
            throw error
        }
    }

    private func apply(_ plan: ReloadPlan) throws(ConfigurationError) -> ConfigurationChanges {
        let old = configuration
        do {
            try broker.replaceProviders(with: plan.instances, keeping: plan.keptProviders)
        } catch {
            let failure = ConfigurationError(SourceFault(.defect, at: nil, error.message), in: path)
            state.failure = failure
            throw failure
        }
        plan.change.apply()
        var state = state
        (state.configuration, state.failure) = (plan.configuration, plan.failure)
        state.settingsNeedingRestart =
            (plan.configuration.settingsNeedingRestart(since: state.started) + plan.change.settingsNeedingRestart)
            .inFileOrder
        self.state = state
        return ConfigurationChanges(
            from: old, to: plan.configuration, needingRestart: state.settingsNeedingRestart,
            problems: plan.failure?.problems ?? [])
    }
}

extension [ConfigurationProblem] {
    /// The problems in the order of the file.
    var inFileOrder: [ConfigurationProblem] {
        sorted { ($0.position ?? .start) < ($1.position ?? .start) }
    }
}
