import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("The store kind postgres")
struct StoreKindTests {
    /// Lays hands on a decoder, for what takes one.
    private struct Probe: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) throws {
            self.decoder = decoder
        }
    }

    private func store(_ json: String) throws -> any LoginStore {
        let decoder = try JSONDecoder().decode(Probe.self, from: Data(json.utf8)).decoder
        return try StoreKind.postgres.makeStore(decoder, StoreContext())
    }

    @Test("keeps its tables in the schema that it is told")
    func schema() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try store(#"{"url":{"literal":"\#(database.url)"},"schema":"elsewhere","connections":1}"#)
            try await store.append(.example())
            #expect(try await database.run("SELECT count(*) FROM elsewhere.audit_event") == [["1"]])
        }
    }

    @Test(
        "says what is wrong before anybody is asked",
        arguments: [
            #"{"url":{"env":"BROKER_TEST_UNSET_VARIABLE"}}"#, #"{"url":{"literal":"nonsense"}}"#,
            #"{"url":{"literal":"postgresql:///x"},"schema":"A"}"#,
            #"{"url":{"literal":"postgresql:///x"},"connections":0}"#,
        ]
    )
    func refusal(settings: String) {
        let error = #expect(throws: BrokerError.self) { try store(settings) }
        #expect(error?.kind == .misconfigured)
    }

    @Test("names the settings that it decodes, of which only the url has to be there")
    func settings() {
        let settings = StoreKind.postgres.settings
        #expect(
            settings.map(\.key) == [
                "url", "schema", "connections", "connectTimeout", "statementTimeout", "auditRetention",
            ])
        #expect(settings.filter(\.isRequired).map(\.key) == ["url"])
    }
}
