import ArgumentParser

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Manages the keys that the service signs tokens with.",
        subcommands: [RotateKeysCommand.self, ResealKeysCommand.self]
    )
}
