import ArgumentParser
import IdentityBroker
import LoadGeneration

import Foundation

/// The store calls of a login, one after the other: reserve, conclude and append.
struct StoreCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "store")

    @OptionGroup var stores: StoreOptions
    @OptionGroup var record: RecordOption

    @Option(help: "How many calls are under way at any time.")
    var inFlight = 64

    @Option(help: "How many calls there are of each kind.")
    var count = 5_000

    func measure() async throws {
        let store = try stores.open()
        let logins = try await RecordedLogin.record(count, answeredBy: record.transport())
        let now = Date()
        try await report("reserve", logins) { login in
            try await store.commit([.reserve(login.reservation)], at: now) == .done()
        }
        try await report("conclude", logins) { login in
            let end: [StoreOperation] = [.settle(login.reservation, as: .spent), .append(login.event)]
            return try await store.commit(end, at: now) == .done()
        }
        try await report("append", logins) { login in
            try await store.commit([.append(login.event)], at: now) == .done()
        }
    }

    private func report(
        _ part: String,
        _ logins: [RecordedLogin],
        _ call: @escaping @Sendable (RecordedLogin) async throws -> Bool
    ) async throws {
        let figures = await CountedLoop.run(0..<UInt64(logins.count), inFlight: inFlight) { number in
            (try? await call(logins[Int(number)])) ?? false
        }
        print(part, terminator: " ")
        figures.print()
    }
}
