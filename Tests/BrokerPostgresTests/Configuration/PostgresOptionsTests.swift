import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("The options of a PostgreSQL store")
struct PostgresOptionsTests {
    private func refusal(_ change: (inout PostgresOptions) -> Void) -> BrokerError.Kind? {
        var options = PostgresOptions()
        change(&options)
        do {
            try options.check()
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("accept schema names that need no quotes", arguments: ["a", "_x9", "identity_broker"])
    func schema(name: String) {
        #expect(refusal { $0.schema = name } == nil)
    }

    @Test(
        "accept no other schema",
        arguments: ["", "9a", "A", "a-b", "a b", "a\"b", "a\u{0}", "é", "pg_x", String(repeating: "a", count: 64)]
    )
    func wrongSchema(name: String) {
        #expect(refusal { $0.schema = name } == .misconfigured)
    }

    @Test("have limits")
    func bounds() {
        #expect(refusal { $0.connections = 0 } == .misconfigured)
        #expect(refusal { $0.connections = 65 } == .misconfigured)
        #expect(refusal { $0.connectTimeout = .milliseconds(99) } == .misconfigured)
        #expect(refusal { $0.connectTimeout = .seconds(11) } == .misconfigured)
        #expect(refusal { $0.statementTimeout = .milliseconds(99) } == .misconfigured)
        #expect(refusal { $0.statementTimeout = .seconds(21) } == .misconfigured)
        #expect(refusal { $0.auditRetention = .zero } == .misconfigured)
        #expect(refusal { _ in } == nil)
    }
}
