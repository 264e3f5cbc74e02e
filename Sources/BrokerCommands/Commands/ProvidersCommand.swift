import ArgumentParser

struct ProvidersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers",
        abstract: "Lists the configured provider instances, or describes a provider type.",
        discussion: """
            Examples:
              broker providers
              broker providers describe wxapp
            """,
        subcommands: [ListProvidersCommand.self, DescribeProviderCommand.self],
        defaultSubcommand: ListProvidersCommand.self
    )
}
