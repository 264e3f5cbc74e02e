import ArgumentParser

struct ProvidersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers",
        abstract: "Lists the configured provider instances, describes a provider type, or creates a new one.",
        discussion: """
            Examples:
              broker providers
              broker providers describe TYPE
              broker providers new corp-directory
            """,
        subcommands: [ListProvidersCommand.self, DescribeProviderCommand.self, NewProviderCommand.self],
        defaultSubcommand: ListProvidersCommand.self
    )
}
