import ArgumentParser
public import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The command line `broker`, for any set of providers.
///
/// A program of one's own is a few lines:
///
/// ```swift
/// @main
/// struct Main {
///     static func main() async {
///         await BrokerCommand.main(providers: [WXAppProvider.self, MyProvider.self])
///     }
/// }
/// ```
public enum BrokerCommand {
    /// Runs the command that the process's arguments name, and ends the process with its exit code.
    ///
    /// - Parameters:
    ///   - providers: The provider types that configuration may name.
    ///   - stores: The kinds of store that configuration may name.
    public static func main(
        providers: [any IdentityProvider.Type],
        stores: [StoreKind] = [.memory]
    ) async -> Never {
        let status = await run(
            Array(CommandLine.arguments.dropFirst()),
            providers: providers,
            stores: stores,
            console: .standard
        )
        exit(status)
    }

    static func run(
        _ arguments: [String],
        providers: [any IdentityProvider.Type],
        stores: [StoreKind],
        console: Console
    ) async -> Int32 {
        do {
            var parsed = try RootCommand.parseAsRoot(arguments)
            guard let command = parsed as? any RunnableCommand else {
                // A command that only has subcommands: running it asks for its help.
                try parsed.run()
                return ExitStatus.success.rawValue
            }
            let composition = try Composition(
                providers: ProviderRegistry(providers),
                stores: StoreRegistry(stores),
                console: console
            )
            return await command.status(in: composition)
        } catch {
            return report(error, on: console)
        }
    }

    /// What the argument parser throws: help that was asked for, or a usage error.
    private static func report(_ error: any Error, on console: Console) -> Int32 {
        if let failure = error as? BrokerError {
            console.writeError("error: \(failure.message)")
            return ExitStatus(failure.kind).rawValue
        }
        let status = RootCommand.exitCode(for: error).rawValue
        let message = RootCommand.fullMessage(for: error)
        if status == ExitStatus.success.rawValue {
            console.write(message)
        } else {
            console.writeError(message)
        }
        return status
    }
}
