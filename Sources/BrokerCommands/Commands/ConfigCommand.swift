import ArgumentParser

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration, or prints its JSON Schema.",
        discussion: """
            Examples:
              broker config check
              broker config schema > broker.schema.json
            """,
        subcommands: [CheckConfigCommand.self, SchemaConfigCommand.self]
    )
}
