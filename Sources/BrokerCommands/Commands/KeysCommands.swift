import ArgumentParser
import BrokerConfiguration
import BrokerService
import BrokerTokens
import IdentityBroker
import StrictJSON

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Manages the keys that the service signs tokens with.",
        discussion: """
            Examples:
              broker keys rotate
              broker keys reseal --old file:/run/secrets/kek --new file:/run/secrets/kek.new
            """,
        subcommands: [RotateKeysCommand.self, ResealKeysCommand.self]
    )
}

struct RotateKeysCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Replaces the signing keys ahead of schedule.",
        discussion: """
            The new keys are published at once and sign after a day, when every app has seen them. The old ones stay \
            valid until the last token that they signed has expired. Running services follow within 2 seconds.

            With --immediately the next keys sign at once: the published ones, or new ones if none are waiting. Apps \
            with an older copy of the keys refuse the new tokens until they fetch the keys again, which some do no \
            more than every 30 seconds.

            With --withdraw, for keys that have leaked, new keys sign at once, the old ones are no longer published, \
            and running services refuse their tokens within 2 seconds. APIs that verify tokens with a copy of the \
            keys trust it for up to 5 minutes more. Nobody is signed out: refresh tokens stay valid.

            Examples:
              broker keys rotate
              broker keys rotate --withdraw
            """
    )

    @Flag(name: .long, help: "Sign with the next keys at once.")
    var immediately = false

    @Flag(name: .long, help: "Take the old keys out of use at once, and sign with new ones.")
    var withdraw = false

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let keys = try await composition.console.reporting {
            try SigningKeys(storedBy: configuration, logger: common.logger, endingWith: composition.end)
        }
        let change: RotationReport.Change
        if withdraw {
            change = .withdrawal(of: try await keys.withdraw())
        } else {
            change = .replacement(try await keys.replaceKeys(immediately: immediately), immediately: immediately)
        }
        let report = RotationReport(change: change, keys: keys.statuses)
        switch common.format {
        case .json: try composition.console.write(report.members.terminalJSON)
        case .text: try composition.console.write(report.text)
        }
    }
}

struct ResealKeysCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reseal",
        abstract: "Encrypts the stored signing keys with another key encryption key.",
        discussion: """
            After this the old key no longer opens the signing keys, except in backups. Running services keep \
            serving. Those that read the key from a file read the configuration and the file again, and follow \
            within 2 seconds of both being in place. Those that read it from their environment keep the signing keys \
            they have until they are restarted, refuse keys that are withdrawn, and log what they wait for.

            If the old key has leaked, withdraw the signing keys as well, after this.

            Example:
              broker keys reseal --old file:/run/secrets/kek --new file:/run/secrets/kek.new
            """
    )

    private struct Report {
        let isChanged: Bool
        let isConfigured: Bool

        var members: JSONObject { ["resealed": .bool(isChanged), "configured": .bool(isConfigured)] }

        var text: String {
            """
            \(isChanged ? "The signing keys are now encrypted with the new key." : "Nothing changed: the signing keys are already encrypted with the new key.")
            \(isConfigured ? "The configuration refers to the new key." : "Point 'server.keyEncryptionKey' to the new key before a service starts.")
            """
        }
    }

    @Option(help: ArgumentHelp("The current key: env:NAME or file:PATH.", valueName: "ref"))
    var old: KeyReference

    @Option(help: ArgumentHelp("The new key: env:NAME or file:PATH.", valueName: "ref"))
    var new: KeyReference

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let (oldSecret, newSecret) = (
            try SecretResolver.process.resolve(old.reference), try SecretResolver.process.resolve(new.reference)
        )
        let oldKey = try KeyEncryptionKey(oldSecret)
        let keys = try await composition.console.reporting {
            try SigningKeys(storedBy: configuration, under: oldKey, logger: common.logger, endingWith: composition.end)
        }
        let isChanged = try await keys.reseal(with: KeyEncryptionKey(newSecret))
        let configured = try? configuration.requiredServer.keyEncryptionKey()
        let report = Report(isChanged: isChanged, isConfigured: configured == newSecret)
        switch common.format {
        case .json: try composition.console.write(report.members.terminalJSON)
        case .text: try composition.console.write(report.text)
        }
    }
}

/// Where to find a key, as an argument: `env:NAME` or `file:PATH`. Never the key itself, which others could see in the
/// process list.
struct KeyReference: ExpressibleByArgument {
    let reference: SecretReference

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "env": reference = .environment(parts[1])
        case "file": reference = .file(parts[1])
        default: return nil
        }
    }
}
