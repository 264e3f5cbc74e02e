import ArgumentParser
import BrokerConfiguration
import BrokerService
import Foundation
import IdentityBroker
import StrictJSON

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

struct PrepareStoreCommand: RunnableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Creates or updates the tables of the configured store, and checks that it can be used.",
        discussion: """
            A broker does the same when it first uses its store. If its own user may not change tables, run this \
            first, as a user who may.

            It also removes what has expired. A service does that by itself; without one, run this once a day. \
            Expiry goes by the store's own time, which follows a clock that is far ahead only after some days.

            Example:
              broker store prepare --config Config/broker.yaml
            """
    )

    @OptionGroup var common: CommonOptions

    func run(in composition: Composition) async throws(BrokerError) {
        let configuration = try common.loadConfiguration(in: composition)
        let store = try configuration.openStore(logger: common.logger, endingWith: composition.end)
        do throws(StoreFailure) {
            try await store.prepare()
            try await purge(store, telling: composition.console)
        } catch {
            // Only operators prepare a store, so they see the store's own message.
            throw BrokerError(BrokerError(error).kind, error.message)
        }
        let kind = configuration.storeKind.name
        switch common.format {
        case .json:
            let report: JSONObject = ["kind": .string(kind), "ready": true]
            try composition.console.write(report.terminalJSON)
        case .text: try composition.console.write("The \(kind) store is ready.")
        }
    }

    /// Removes expired entries, as a service does alongside its logins.
    private func purge(_ store: any BrokerStore, telling console: Console) async throws(StoreFailure) {
        let (now, batch) = (Date(), 1_000)
        let believed = try await store.believedTime(at: now)
        if StoreTime.isUnusual(believed, at: now) {
            let (time, clock) = (believed.formatted(.iso8601), now.formatted(.iso8601))
            console.writeError("warning: \(StoreTime.lagExplanation) (store: \(time), clock: \(clock))")
        }
        while try await store.purge(at: believed, atMost: batch) >= batch, !Task.isCancelled {}
    }
}
