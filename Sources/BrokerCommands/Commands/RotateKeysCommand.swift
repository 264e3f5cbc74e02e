import ArgumentParser
import BrokerServer
import BrokerTokens
import IdentityBroker

struct RotateKeysCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Replaces the signing keys before their time.",
        discussion: """
            The new keys are published at once and sign a day later, when every app has seen them; the old ones are good \
            until the last token that they signed has expired. Running services follow within 2 seconds.

            With --immediately the next keys sign at once: those that wait for their turn, or new ones where none wait. Apps \
            that have a copy of the keys from before refuse the new tokens until they read the keys again, which some do \
            every half minute at most.

            With --withdraw, for keys that have leaked, the new keys sign at once, the old ones are not published any more, \
            and running services refuse their tokens within 2 seconds. APIs that verify tokens by a copy of the keys trust \
            it for up to 5 minutes more. Nobody is signed out: refresh tokens stay good.

            Examples:
              broker keys rotate
              broker keys rotate --withdraw
            """
    )

    @Flag(name: .long, help: "Let the next keys sign at once.")
    var immediately = false

    @Flag(name: .long, help: "Take the old keys out of use at once, and let new ones sign.")
    var withdraw = false

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let keys = try ServiceSetup(common, in: composition).storedSigningKeys()
        let change: RotationReport.Change
        if withdraw {
            change = .withdrawal(of: try await keys.withdraw())
        } else {
            change = .replacement(try await keys.replaceKeys(immediately: immediately), immediately: immediately)
        }
        let report = RotationReport(change: change, keys: keys.statuses)
        switch common.format {
        case .json: try composition.console.write(JSONText.encode(report))
        case .text: try composition.console.write(report.text)
        }
    }
}
