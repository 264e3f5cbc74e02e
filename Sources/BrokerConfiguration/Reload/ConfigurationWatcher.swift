import IdentityBroker
public import Logging
public import UnixSignals

/// Reloads a broker's configuration while it runs: when the file changes, and on request.
///
/// ```swift
/// let watcher = await ConfigurationWatcher(reloader, logger: logger)  // the file, and SIGHUP
/// await watcher.run()
/// ```
///
/// The file is read by path every few seconds, and its contents are compared: an editor may replace it, and an
/// orchestrator may swap a symbolic link. Secrets and certificate authorities are in other files, so a change in one of
/// those requires a requested reload, which always reads them again.
public struct ConfigurationWatcher<Requests: AsyncSequence & Sendable>: Sendable
where Requests.Element: Sendable, Requests.Failure == Never {
    private let reloader: ConfigurationReloader
    private let requests: Requests
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let logger: Logger

    /// Makes a watcher.
    ///
    /// - Parameters:
    ///   - reloader: Performs the reloads.
    ///   - requests: Each element requests a reload.
    ///   - interval: How long to wait between two reads of the file; positive. A change is applied once two consecutive
    ///     reads have seen it.
    ///   - clock: Measures the interval.
    ///   - logger: Gets a line per reload: at `notice` what changed, at `warning` what takes effect only after a
    ///     restart, and at `error` what could not be applied. No secrets.
    public init(
        _ reloader: ConfigurationReloader,
        requests: Requests,
        interval: Duration = .seconds(2),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        precondition(interval > .zero, "looking without a pause would keep a processor busy")
        self.reloader = reloader
        self.requests = requests
        self.interval = interval
        self.clock = clock
        self.logger = logger
    }

    /// Watches until the task is cancelled.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await watchFile() }
            group.addTask {
                for await _ in requests {
                    await report { () throws(ConfigurationError) in try await reloader.reload() }
                }
            }
        }
    }

    private func watchFile() async {
        var trouble = LastingTrouble<ConfigurationError>()
        var looks = 0
        repeat {
            await report { () throws(ConfigurationError) in try await reloader.reloadIfChanged() }
            // The beginning and end of a failure are reported with the reload.
            let failure = await reloader.failure
            if case .lasting(let time) = trouble.observe(failure, at: interval * looks), let failure {
                var metadata = Self.metadata(failure.problems)
                metadata["broker.lasting_seconds"] = "\(time.components.seconds)"
                logger.error("the configuration is still not applied in full", metadata: metadata)
            }
            looks += 1
        } while (try? await clock.sleep(for: interval)) != nil
    }

    private func report(_ reload: () async throws(ConfigurationError) -> ConfigurationChanges?) async {
        do throws(ConfigurationError) {
            guard let changes = try await reload() else { return }
            if changes.problems.isEmpty || !changes.isEmpty {
                logger.notice("configuration reloaded", metadata: changes.metadata)
            }
            if !changes.needingRestart.isEmpty {
                logger.warning(
                    "restart the broker for the rest of the configuration",
                    metadata: ["broker.configuration.needs_restart": .array(changes.needingRestart.map { "\($0)" })]
                )
            }
            guard !changes.problems.isEmpty else { return }
            logger.error(
                "configuration reloaded in part, the rest stays as it was", metadata: Self.metadata(changes.problems))
        } catch {
            logger.error(
                "configuration not reloaded, the last good one serves on", metadata: Self.metadata(error.problems))
        }
    }

    private static func metadata(_ problems: [ConfigurationProblem]) -> Logger.Metadata {
        ["broker.configuration.problems": .array(problems.map { "\($0)" })]
    }
}

extension ConfigurationChanges {
    fileprivate var metadata: Logger.Metadata {
        let lists = [
            ("providers.added", added.map(\.rawValue)), ("providers.removed", removed.map(\.rawValue)),
            ("providers.switched_on", switchedOn.map(\.rawValue)),
            ("providers.switched_off", switchedOff.map(\.rawValue)), ("providers.changed", changed.map(\.rawValue)),
            ("clients.added", addedClients), ("clients.removed", removedClients), ("clients.changed", changedClients),
            ("configuration.settings", settings),
        ]
        return lists.reduce(into: [:]) { metadata, list in
            guard !list.1.isEmpty else { return }
            metadata["broker.\(list.0)"] = "\(list.1.joined(separator: ", "))"
        }
    }
}

extension ConfigurationWatcher where Requests == UnixSignalsSequence {
    /// Watches the file, and reloads at `SIGHUP`, with which operators ask a daemon to reread its configuration. Once
    /// this is created, that signal no longer ends the process.
    ///
    /// - Parameters: Those of ``init(_:requests:interval:clock:logger:)``.
    public init(
        _ reloader: ConfigurationReloader,
        interval: Duration = .seconds(2),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) async {
        self.init(
            reloader,
            requests: await UnixSignalsSequence(trapping: .sighup),
            interval: interval,
            clock: clock,
            logger: logger
        )
    }
}
