import ArgumentParser
import BrokerSandbox
import IdentityBroker

/// The program's sandboxes, each as a command with the name of its provider type.
struct SandboxCommand: ParsableCommand {
    /// The parser knows commands as types, and asks for their subcommands while parsing.
    @TaskLocal static var sandboxes: [SandboxKind] = []

    static var configuration: CommandConfiguration {
        let commands = commands(from: FirstPlace.self)
        return CommandConfiguration(
            commandName: "sandbox",
            abstract: "Runs a provider's upstream on this machine, for development.",
            discussion: """
                It signs anyone in, for a provider configuration that it writes. It runs until Ctrl-C.

                Examples:
                  broker sandbox
                  broker sandbox --format json
                """,
            subcommands: commands,
            defaultSubcommand: commands.first
        )
    }

    private static func commands<Place: SandboxPlace>(from place: Place.Type) -> [any ParsableCommand.Type] {
        func command<Options: ParsableArguments & Sendable>(_ options: Options.Type) -> any ParsableCommand.Type {
            RunSandboxCommand<Options, Place>.self
        }
        guard Place.index < sandboxes.count else { return [] }
        return [command(sandboxes[Place.index].options)] + commands(from: NextPlace<Place>.self)
    }
}

/// A place in the list of sandboxes, as a type: the parser tells commands apart by their types, so each kind needs one.
protocol SandboxPlace: Sendable {
    static var index: Int { get }
}

/// The first place.
enum FirstPlace: SandboxPlace {
    static var index: Int { 0 }
}

/// The place after another one.
enum NextPlace<Place: SandboxPlace>: SandboxPlace {
    static var index: Int { Place.index + 1 }
}

/// Runs the sandbox in one place of the list.
struct RunSandboxCommand<Options: ParsableArguments & Sendable, Place: SandboxPlace>: RunnableCommand {
    static var configuration: CommandConfiguration {
        // Such a command is only made for a place that exists, and the parser gives it nothing else.
        let kind = SandboxCommand.sandboxes[Place.index]
        return CommandConfiguration(
            commandName: kind.providerType, abstract: kind.summary, discussion: kind.discussion, aliases: kind.aliases)
    }

    @OptionGroup var options: Options

    @Option(
        help: ArgumentHelp(
            "Where to write its files (default: a temporary folder, removed at the end).", valueName: "folder"))
    var directory: String?

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let kind = composition.sandboxes[Place.index]
        guard let id = ProviderID(kind.providerType) else {
            throw BrokerError(.internalError, "'\(kind.providerType)' is not a valid name for a provider type.")
        }
        let sandbox = try await RunningSandbox(
            kind, options, as: id, directory: directory, endingWith: composition.end)
        try await composition.console.reporting { try sandbox.checkFollowedFiles(in: composition) }
        let report = SandboxReport(sandbox, guide: try sandbox.makeGuide())
        switch common.format {
        case .json: try composition.console.write(report.members.terminalJSON)
        case .text: try composition.console.write(report.text(in: composition.console.style))
        }
        // A signal cancels the command, which is the normal end of this one.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    }
}
