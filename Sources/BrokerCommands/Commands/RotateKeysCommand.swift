import ArgumentParser
import BrokerService
import BrokerTokens
import IdentityBroker

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
