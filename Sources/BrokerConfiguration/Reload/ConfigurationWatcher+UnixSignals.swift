public import Logging
public import UnixSignals

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
