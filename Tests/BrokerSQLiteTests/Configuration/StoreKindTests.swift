import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("The store kind sqlite")
struct StoreKindTests {
    /// The settings of a configuration, to be decoded.
    private struct Said: Encodable {
        var path: String
        var auditRetention: Duration?
    }

    /// Captures a decoder, for code that needs one.
    private struct Probe: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) throws {
            self.decoder = decoder
        }
    }

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func store(_ said: Said) throws -> any BrokerStore {
        let decoder = try JSONDecoder().decode(Probe.self, from: JSONEncoder().encode(said)).decoder
        return try StoreKind.sqlite.makeStore(decoder, StoreContext())
    }

    @Test("keeps audit events as long as configured, or for ninety days", arguments: [nil, 1, 200])
    func retention(days: Int?) async throws {
        let day = 24.0 * 60 * 60
        let store = try store(Said(path: directory.database, auditRetention: days.map { .seconds($0 * 86_400) }))
        #expect(FileManager.default.fileExists(atPath: directory.database))
        try await store.append(.example(began: .at(0)))
        let retention = Double(days ?? 90) * day
        #expect(try await store.purge(at: .at(retention), atMost: 10) == 0)
        #expect(try await store.purge(at: .at(retention + 0.001), atMost: 10) == 1)
    }

    @Test("says what is wrong with its path")
    func refusal() {
        let error = #expect(throws: BrokerError.self) { try store(Said(path: directory.path)) }
        #expect(error?.kind == .misconfigured)
    }

    @Test("names the settings that it decodes, none of which is required")
    func settings() {
        #expect(StoreKind.sqlite.name == "sqlite")
        #expect(StoreKind.sqlite.settings.map(\.key) == ["path", "auditRetention"])
        #expect(StoreKind.sqlite.settings.map(\.defaultText) == ["broker.sqlite", "2160h"])
        #expect(StoreKind.sqlite.settings.allSatisfy { !$0.isRequired })
    }
}
