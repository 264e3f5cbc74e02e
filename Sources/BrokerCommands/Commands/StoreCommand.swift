import ArgumentParser

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Prepares the configured store.",
        discussion: """
            Example:
              broker store prepare
            """,
        subcommands: [PrepareStoreCommand.self]
    )
}
