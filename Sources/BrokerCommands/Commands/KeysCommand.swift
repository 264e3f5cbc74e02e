import ArgumentParser

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Tends the keys that the service signs tokens with.",
        subcommands: [RotateKeysCommand.self, ResealKeysCommand.self]
    )
}
