public import IdentityBroker
public import Logging

/// Applies a changed configuration file to a running broker.
///
/// The file is read and checked as at startup. If it is invalid, the last valid one stays in effect. Otherwise
/// everything that can be applied is applied, so that a kill switch works whatever else is wrong: an instance that
/// cannot be made, for example because a secret cannot be read, stays as it was, or is omitted if it is new, and
/// ``failure`` says why.
///
/// The store, and settings of the service such as its listening address, are read only at startup. A file that changes
/// them is applied anyway, and ``settingsNeedingRestart`` names them.
public actor ConfigurationReloader {
    /// Prepares what a program applies besides the providers, or throws why none of it can be applied.
    public typealias Preparation = @Sendable (Configuration) throws(ConfigurationError) -> PreparedChange

    /// How the running state relates to the file.
    public private(set) var state: ConfigurationState {
        didSet { observe(state) }
    }

    /// The configuration in effect.
    public var configuration: Configuration { state.configuration }
    /// Why the file, or a part of it, is not in effect; nil while all of it is, as far as is known.
    public var failure: ConfigurationError? { state.failure }
    /// The settings of the file that take effect only after a restart.
    public var settingsNeedingRestart: [ConfigurationProblem] { state.settingsNeedingRestart }

    private let broker: Broker
    private let file: ConfigurationFile
    private let make: ReloadPlan.Making
    private let prepare: Preparation
    private let observe: @Sendable (ConfigurationState) -> Void
    private var lastLook: Result<[UInt8], ConfigurationError>?
    private var lastDocuments: [CheckedValue]

    /// Makes a reloader.
    ///
    /// - Parameters:
    ///   - configuration: The configuration that the broker was made from.
    ///   - broker: The broker.
    ///   - file: The configuration file.
    ///   - resolver: Reads secrets.
    ///   - clock: The clock of the instances.
    ///   - logger: The logger of the instances.
    ///   - preparing: Prepares what the program applies besides the providers, such as clients and limits of a service.
    ///   - observing: Called with the state each time the file was applied or refused.
    public init(
        _ configuration: Configuration,
        of broker: Broker,
        reading file: ConfigurationFile,
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        preparing prepare: @escaping Preparation = { _ in PreparedChange() },
        observing observe: @escaping @Sendable (ConfigurationState) -> Void = { _ in }
    ) {
        state = ConfigurationState(configuration)
        lastDocuments = configuration.documents
        self.broker = broker
        self.file = file
        make = { entry throws(ConfigurationError) in
            try entry.makeUsableInstance(resolver: resolver, clock: clock, logger: logger)
        }
        self.prepare = prepare
        self.observe = observe
    }

    /// Reads the file, and all secrets and files that it refers to, whether or not it changed, and applies what can be
    /// applied.
    ///
    /// - Returns: What is newly in effect, and what is not in effect.
    /// - Throws: ``ConfigurationError`` if the file is unreadable or invalid; nothing changes then.
    public func reload() throws(ConfigurationError) -> ConfigurationChanges {
        try apply(plan(for: read()))
    }

    /// Reads the file, and applies it once two consecutive reads have seen the same contents: a half-written file may
    /// be valid, with half of the providers. The same holds for the files that it names.
    ///
    /// Failed parts are retried at every read, because a secret may appear later than the file that refers to it.
    ///
    /// - Returns: As ``reload()`` does; nil if there is nothing new to report.
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
            let haveSettled = plan.documents == lastDocuments
            lastDocuments = plan.documents
            // Nothing has improved since it was applied.
            guard haveSettled, !isApplied || plan.failure != known else { return nil }
            return try apply(plan)
        } catch {
            guard error != known else { return nil }
            throw error
        }
    }

    private func read() -> Result<[UInt8], ConfigurationError> {
        Result { () throws(ConfigurationError) in try file.read() }
    }

    /// Prepares everything that the file asks for, without applying it.
    private func plan(for contents: Result<[UInt8], ConfigurationError>) throws(ConfigurationError) -> ReloadPlan {
        do {
            return ReloadPlan(
                try Configuration(contents.get(), from: file), after: configuration, making: make, preparing: prepare)
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
            let failure = ConfigurationError(SourceFault(.defect, at: nil, error.message), in: file.path)
            state.failure = failure
            throw failure
        }
        plan.change.apply()
        let oldSettings = state.runningServerSettings
        state.apply(plan)
        let settings = state.runningServerSettings.differences(from: oldSettings)
        return ConfigurationChanges(
            from: old, to: plan.configuration, settings: settings,
            needingRestart: state.settingsNeedingRestart, problems: plan.failure?.problems ?? [])
    }
}

extension [ConfigurationProblem] {
    /// The problems in file order, those of this file before those of the files that it names.
    func inFileOrder(after file: String) -> [ConfigurationProblem] {
        filter { $0.file == file }.inFileOrder
            + filter { $0.file != file }.sorted {
                ($0.file, $0.position ?? .start) < ($1.file, $1.position ?? .start)
            }
    }

    /// The problems in file order.
    var inFileOrder: [ConfigurationProblem] {
        sorted { ($0.position ?? .start) < ($1.position ?? .start) }
    }
}
