public import Logging
public import UnixSignals

extension ConfigurationWatcher where Requests == UnixSignalsSequence {
    /// Watches the file, and reloads at `SIGHUP`, by which operators ask a daemon to read its configuration again. From
    /// when one is made, that signal no longer ends the process.
    ///
    /// - Parameters: As those of ``init(_:requests:interval:clock:logger:)``.
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
