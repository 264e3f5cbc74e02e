import ArgumentParser
import BrokerSandbox
import IdentityBroker

/// The program's sandboxes, each as a command with the name of its provider type.
struct SandboxCommand: ParsableCommand {
    /// The parser knows commands as types, and asks for their subcommands while parsing.
    @TaskLocal static var sandboxes: [any Sandbox.Type] = []

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sandbox",
            abstract: "Runs a provider's upstream on this machine, for development.",
            discussion: """
                It signs anyone in, for a provider configuration that it writes. It runs until Ctrl-C.

                Examples:
                  broker sandbox
                  broker sandbox --format json
                """,
            subcommands: sandboxes.map { $0.command },
            defaultSubcommand: sandboxes.first?.command
        )
    }
}

extension Sandbox {
    fileprivate static var command: any ParsableCommand.Type { RunSandboxCommand<Self>.self }
}

/// Runs one sandbox.
struct RunSandboxCommand<Kind: Sandbox>: RunnableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Kind.providerType, abstract: Kind.summary, discussion: Kind.discussion)
    }

    @OptionGroup var options: Kind.Options

    @Option(
        help: ArgumentHelp(
            "Where to write its files (default: a temporary folder, removed at the end).", valueName: "folder"))
    var directory: String?

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        guard let id = ProviderID(Kind.providerType) else {
            throw BrokerError(.internalError, "'\(Kind.providerType)' is not a valid name for a provider type.")
        }
        let sandbox = try await RunningSandbox(
            Kind.self, options, as: id, directory: directory, endingWith: composition.end)
        let report = SandboxReport(sandbox, guide: try sandbox.makeGuide())
        switch common.format {
        case .json: try composition.console.write(report.members.terminalJSON)
        case .text: try composition.console.write(report.text(in: composition.console.style))
        }
        // A signal cancels the command, which is the normal end of this one.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    }
}
