import IdentityBroker
import Logging

/// Forwards what an HTTP server logs, but lowers to `debug` the errors of an orderly shutdown: that its task was
/// cancelled, or its socket already closed.
struct EndingLogHandler: ForwardingLogHandler {
    private static let endings = ["CancellationError()", "Already closed"]

    var base: any LogHandler

    init(_ base: any LogHandler) {
        self.base = base
    }

    func log(event: LogEvent) {
        var event = event
        if event.level > .debug, event.source == "HummingbirdCore",
            Self.endings.contains(where: "\(event.message)".hasSuffix)
        {
            guard logLevel <= .debug else { return }
            event.level = .debug
        }
        base.log(event: event)
    }
}

extension Logger {
    /// The same logger, for an HTTP server whose end is not an error.
    var withoutEndings: Logger {
        var logger = self
        logger.handler = EndingLogHandler(handler)
        return logger
    }
}
