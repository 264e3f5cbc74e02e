import ArgumentParser
import Foundation

/// Writes the file of ID tokens to standard output.
struct IDTokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "id-tokens")

    @Option(help: "How many tokens there are.")
    var count = 10_000

    func run() throws {
        try FileHandle.standardOutput.write(contentsOf: Data(IDTokens(count: count, at: Date()).text.utf8))
    }
}
