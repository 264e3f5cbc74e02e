public import ArgumentParser

extension WXAppSandbox {
    /// The options of `broker sandbox wxapp`.
    public struct Options: ParsableArguments, Sendable {
        @Option(help: "The port to listen on; 0 picks a free one.")
        var port: Int = 0

        @Option(help: "How many tickets to mint at the start.")
        var tickets: Int = 3

        @Option(help: ArgumentHelp("How long a ticket lives, in seconds.", valueName: "seconds"))
        var ticketLifetime: Int = 120

        @Option(help: ArgumentHelp("The user pool's id.", valueName: "id"))
        var userPoolId: String = "5e4cdd055df3df65dc58b97d"

        @Flag(inversion: .prefixedNo, help: "Whether the exchange requires the user pool's secret.")
        var secret = true

        /// Creates options; the command line sets their defaults when it parses them.
        public init() {}

        /// Refuses values out of range.
        public func validate() throws {
            guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
            guard (0...100).contains(tickets) else { throw ValidationError("--tickets takes a number from 0 to 100.") }
            guard (1...86400).contains(ticketLifetime) else {
                throw ValidationError("--ticket-lifetime takes a number of seconds from 1 to 86400.")
            }
            guard !userPoolId.isEmpty, userPoolId.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
                throw ValidationError("--user-pool-id takes letters and digits.")
            }
        }

        var configuration: GenAuthSandbox.Configuration {
            GenAuthSandbox.Configuration(
                userPoolId: userPoolId,
                requiresSecret: secret,
                ticketLifetime: .seconds(ticketLifetime),
                port: port
            )
        }
    }
}
