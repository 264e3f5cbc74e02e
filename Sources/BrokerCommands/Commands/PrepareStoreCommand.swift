import ArgumentParser
import BrokerConfiguration
import IdentityBroker

struct PrepareStoreCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Makes or updates the tables of the configured store, and shows that it can be used.",
        discussion: """
            A broker does the same when it first uses its store. Run this before, as a user who may change the tables, where \
            the broker's own user may not.

            Example:
              broker store prepare --config Config/broker.yaml
            """
    )

    private struct Report: Encodable {
        let kind: String
        let isReady: Bool

        enum CodingKeys: String, CodingKey {
            case kind
            case isReady = "ready"
        }
    }

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let store = try configuration.makeStore(logger: common.logger)
        do throws(StoreFailure) {
            try await store.prepare()
        } catch {
            throw BrokerError(.unavailable, error.message)
        }
        let kind = configuration.storeKind.name
        switch common.format {
        case .json: composition.console.write(JSONText.encode(Report(kind: kind, isReady: true)))
        case .text: composition.console.write("The \(kind) store is ready.")
        }
    }
}
