import ArgumentParser
import BrokerConfiguration

/// The options of a login with a browser.
struct BrowserOptions: ParsableArguments {
    @Flag(name: .long, help: "Sign in at the upstream's own site, in a browser on this machine.")
    var browser: Int

    @Option(help: ArgumentHelp("With --browser, the port to listen on (default: any free one).", valueName: "port"))
    var port: Int?

    @Flag(name: .long, help: "With --browser, only write the URL, and open no browser.")
    var noOpen = false

    @Option(
        help: ArgumentHelp("With --browser, how long the user may take, at most 10m (default: 5m).", valueName: "time"))
    var wait: WaitingTime?

    func validate() throws {
        guard port.map({ (1...65_535).contains($0) }) ?? true else {
            throw ValidationError("--port takes a number from 1 to 65535.")
        }
        guard browser > 0 || (port == nil && !noOpen && wait == nil) else {
            throw ValidationError("--port, --no-open and --wait go with --browser.")
        }
    }
}

/// How long a user may take in the browser.
struct WaitingTime: ExpressibleByArgument, Sendable, Hashable {
    let duration: Duration

    static let standard = WaitingTime(duration: .seconds(5 * 60))
    /// Later answers are refused by the flow itself.
    private static let longest = Duration.seconds(10 * 60)

    private init(duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let duration = DurationText(argument)?.duration, duration <= Self.longest else { return nil }
        self.init(duration: duration)
    }
}
