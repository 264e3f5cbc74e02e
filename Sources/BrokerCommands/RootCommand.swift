import ArgumentParser

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
                StoreCommand.self, KeysCommand.self,
            ] + (SandboxCommand.sandboxes.isEmpty ? [] : [SandboxCommand.self])
        )
    }
}
