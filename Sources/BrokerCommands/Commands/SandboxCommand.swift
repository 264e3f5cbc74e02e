import ArgumentParser
import GenAuthSandbox
import IdentityBroker

struct SandboxCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Runs a local GenAuth, for development.",
        discussion: """
            It speaks the documented exchange over TLS, with a certificate authority of its own, and runs until \
            Ctrl-C. Each ticket is good for one login and, by default, for two minutes.

            Example:
              broker sandbox --tickets 3
            """
    )

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

    @Option(
        help: ArgumentHelp(
            "Where to write its files (default: a temporary folder, removed at the end).", valueName: "folder"))
    var directory: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
        guard (0...100).contains(tickets) else { throw ValidationError("--tickets takes a number from 0 to 100.") }
        guard (1...86400).contains(ticketLifetime) else {
            throw ValidationError("--ticket-lifetime takes a number of seconds from 1 to 86400.")
        }
        guard !userPoolId.isEmpty, userPoolId.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw ValidationError("--user-pool-id takes letters and digits.")
        }
    }

    func run(in composition: Composition) async throws(BrokerError) {
        let sandbox = try await Self.start(
            GenAuthSandbox.Configuration(
                userPoolId: userPoolId,
                requiresSecret: secret,
                ticketLifetime: .seconds(ticketLifetime),
                port: port
            ),
            endingWith: composition.end
        )
        let files = try SandboxFiles(for: sandbox, as: "wxapp", in: directory, endingWith: composition.end)
        let report: SandboxReport
        do {
            report = try SandboxReport(sandbox, files: files, ticketCount: tickets)
        } catch {
            throw BrokerError(.internalError, "The sandbox could not mint a ticket.")
        }
        switch common.format {
        case .json: try composition.console.write(JSONText.encode(report))
        case .text: try composition.console.write(report.text(in: composition.console.style))
        }
        // A signal cancels the command, which is how this one ends well.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    }

    static func start(
        _ configuration: GenAuthSandbox.Configuration,
        endingWith end: OrderlyEnd
    ) async throws(BrokerError) -> GenAuthSandbox {
        do {
            let sandbox = try await GenAuthSandbox.start(configuration)
            end.add("the sandbox") { await sandbox.stop() }
            return sandbox
        } catch {
            throw BrokerError(.internalError, "The sandbox cannot start. Is the port free?")
        }
    }
}
