import ArgumentParser
import BrokerConfiguration
import BrokerServer
import BrokerTokens
import IdentityBroker

struct RotateKeysCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Replaces the signing keys before their time.",
        discussion: """
            The new keys are published at once and sign a day later, when every app has seen them; the old ones are good \
            until the last token that they signed has expired. Services that run take the change up by themselves.

            With --immediately the new keys sign at once: apps that keep a copy of the keys refuse the new tokens until they \
            read the keys again, which some do every half minute at most.

            Example:
              broker keys rotate
            """
    )

    @Flag(name: .long, help: "Let the new keys sign at once.")
    var immediately = false

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let setup = ServiceSetup(
            configuration: try common.loadConfiguration(in: composition),
            path: common.configurationPath,
            composition: composition,
            logger: common.logger
        )
        let keys = try setup.signingKeys(for: setup.configuredParts, server: setup.server)
        try await keys.prepare()
        try await keys.rotate(immediately: immediately)
        switch common.format {
        case .json: try composition.console.write(JSONText.encode(["rotated": true]))
        case .text:
            let moment = immediately ? "now" : "in a day"
            try composition.console.write("New keys are published. They sign \(moment).")
        }
    }
}
