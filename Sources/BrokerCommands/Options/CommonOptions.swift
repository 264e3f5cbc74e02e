import ArgumentParser
import BrokerObservability
import Logging

/// The options common to all commands.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file (default: $BROKER_CONFIG, else Config/broker.yaml).", valueName: "file"))
    var config: String?

    @Option(help: "The format of the result: text or json.")
    var format: OutputFormat = .text

    @Option(
        help: ArgumentHelp(
            """
            How much to log to standard error: trace, debug, info, notice, warning, error or critical (default: warning; \
            notice for serve).
            """,
            valueName: "level"
        )
    )
    var logLevel: LogLevel?

    /// A logger to standard error.
    var logger: Logger {
        var logger = Logger(
            label: "broker", factory: { PrintableLogHandler(StreamLogHandler.standardError(label: $0)) })
        logger.logLevel = (logLevel ?? .warning).level
        return logger
    }
}
