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

/// How much is logged.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}

/// The format of results.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// For programs: one JSON document.
    case json

    /// The format that a command line requests, even if the rest of it is wrong.
    static func requested(in arguments: [String]) -> OutputFormat {
        let options = arguments.prefix { $0 != "--" }
        var format = OutputFormat.text
        for (option, next) in zip(options, options.dropFirst() + [""]) {
            if option == "--format" {
                format = OutputFormat(rawValue: next) ?? .text
            } else if option.hasPrefix("--format=") {
                format = OutputFormat(rawValue: String(option.dropFirst("--format=".count))) ?? .text
            }
        }
        return format
    }
}
