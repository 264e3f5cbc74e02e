import ArgumentParser
import BrokerObservability
import BrokerSQLite
public import BrokerSandbox
import BrokerServer
public import IdentityBroker

/// The command line `broker`, for any set of providers.
///
/// Your own program takes a few lines:
///
/// ```swift
/// @main
/// struct Main {
///     static func main() async {
///         await BrokerCommand.main(providers: [MyProvider.self, OtherProvider.self])
///     }
/// }
/// ```
public enum BrokerCommand {
    /// SQLite, which remembers redeemed credentials across processes, and memory, which does not.
    public static var defaultStores: [StoreKind] { [.sqlite, .memory] }

    /// Runs the command that the process's arguments name, with these Swift types as providers.
    ///
    /// - Parameters:
    ///   - providers: The provider types that configuration may name.
    ///   - stores: The kinds of store that configuration may name; the first is the default.
    ///   - sandboxes: The upstreams that it can run for development; `broker sandbox` runs the first by default.
    public static func main(
        providers: [any IdentityProvider.Type],
        stores: [StoreKind] = defaultStores,
        sandboxes: [SandboxKind] = []
    ) async -> Never {
        await main(providers: providers.map { ProviderKind(erasing: $0) }, stores: stores, sandboxes: sandboxes)
    }

    /// Runs the command that the process's arguments name, and ends the process with its exit code.
    ///
    /// - Parameters:
    ///   - providers: The kinds of provider that configuration may name.
    ///   - stores: The kinds of store that configuration may name; the first is the default.
    ///   - sandboxes: The upstreams that it can run for development; `broker sandbox` runs the first by default.
    public static func main(
        providers: [ProviderKind],
        stores: [StoreKind] = defaultStores,
        sandboxes: [SandboxKind] = []
    ) async -> Never {
        CrashHandlers.reset()
        ProcessSecrecy.begin()
        StandardStream.prepare()
        DescriptorLimit.raise()
        let arguments = ProcessArguments.current
        do throws(BrokerError) {
            try ThreadLimit.check(ThreadLimit.ofCommand)
        } catch {
            ExitCode(status: report(error, of: arguments, as: .requested(in: arguments), on: .standard)).exit()
        }
        let code = await run(
            arguments,
            providers: providers,
            stores: stores,
            sandboxes: sandboxes,
            console: .standard
        )
        code.exit()
    }

    static func run(
        _ arguments: [String],
        providers: [ProviderKind],
        stores: [StoreKind],
        sandboxes: [SandboxKind] = [],
        console: Console
    ) async -> ExitCode {
        await SandboxCommand.$sandboxes.withValue(sandboxes) {
            await run(
                arguments,
                with: { interruption throws(BrokerError) in
                    try Composition(
                        providers: ProviderRegistry(providers),
                        stores: StoreRegistry(stores),
                        sandboxes: sandboxes,
                        console: console,
                        interruption: interruption
                    )
                }, console: console)
        }
    }

    private static func run(
        _ arguments: [String],
        with compose: (Interruption) throws(BrokerError) -> Composition,
        console: Console
    ) async -> ExitCode {
        do {
            var parsed = try RootCommand.parseAsRoot(arguments)
            guard let command = parsed as? any RunnableCommand else {
                // A command with only subcommands: running it requests its help.
                try parsed.run()
                return ExitCode(status: .success)
            }
            let composition = try await compose(.ofProcess(endsAtHangup: !command.handlesHangup))
            return await command.exitCode(in: composition)
        } catch {
            let format = OutputFormat.requested(in: arguments)
            let failure = wording(of: error, for: arguments)
            return ExitCode(status: report(failure, of: arguments, as: format, on: console))
        }
    }

    /// The same error without line breaks from arguments. The parser quotes arguments verbatim, so it is given
    /// printable ones to report.
    private static func wording(of error: any Error, for arguments: [String]) -> any Error {
        let printable = arguments.map(\.printable)
        guard printable != arguments else { return error }
        do {
            _ = try RootCommand.parseAsRoot(printable)
            return error
        } catch {
            return error
        }
    }

    /// What the argument parser throws: requested help, or a usage error.
    private static func report(
        _ error: any Error,
        of arguments: [String],
        as format: OutputFormat,
        on console: Console
    ) -> ExitStatus {
        do throws(BrokerError) {
            if let failure = error as? BrokerError { throw failure }
            guard RootCommand.exitCode(for: error).isSuccess else {
                let message = RootCommand.message(for: error).withoutLongValues(of: arguments)
                let text = RootCommand.fullMessage(for: error).withoutLongValues(of: arguments)
                console.writeError(format == .json ? FailureReport(usage: message).json : text.printableLines)
                return .usage
            }
            try console.write(RootCommand.fullMessage(for: error))
            return .success
        } catch {
            console.writeError(FailureReport(error).written(as: format))
            return ExitStatus(error.kind)
        }
    }
}

extension String {
    /// A usage error without the values that it quotes, if they are so long that one could be a ticket, token or key in the
    /// wrong place.
    fileprivate func withoutLongValues(of arguments: [String]) -> String {
        arguments.reduce(self) { text, argument in
            // Of an option, only what follows its equals sign is a value.
            let value = argument.hasPrefix("-") ? argument.drop { $0 != "=" }.dropFirst() : argument[...]
            return value.utf8.count < 16 ? text : text.replacing(String(value).printable, with: "…")
        }
    }
}

struct RootCommand: ParsableCommand {
    static let version = "0.1.0"

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "broker",
            abstract: "Signs people in with other systems' accounts, through one broker.",
            discussion: """
                Examples:
                  broker login ID --sandbox
                  broker serve --sandbox

                Standard output carries only the result; everything else goes to standard error.
                """,
            version: version,
            subcommands: [
                LoginCommand.self, ServeCommand.self, LaunchCommand.self, ProvidersCommand.self, ConfigCommand.self,
                ClientsCommand.self, StoreCommand.self, KeysCommand.self,
            ] + (SandboxCommand.sandboxes.isEmpty ? [] : [SandboxCommand.self])
        )
    }
}
