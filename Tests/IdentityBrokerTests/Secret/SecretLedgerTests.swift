import Testing

@testable import IdentityBroker

@Suite("The ledger of a provider's secrets")
struct SecretLedgerTests {
    private let context = ProviderContext(
        id: "scripted",
        resolver: SecretResolver(environment: { _ in Canary.secret }, readFile: { _ in [] })
    )

    @Test("removes every resolved secret and the credential from texts")
    func redaction() throws {
        _ = try context.resolve(.environment("NAME"))
        _ = try context.resolve(.literal(Secret(Canary.token)))
        let redactor = context.ledger.redactor(with: .ticket(Canary.ticket))
        #expect(
            redactor.redact("\(Canary.secret) \(Canary.token) \(Canary.ticket)") == "<redacted> <redacted> <redacted>")
    }

    @Test("does not grow when the same secret is resolved at every login")
    func repeats() throws {
        for _ in 0..<100 { _ = try context.resolve(.environment("NAME")) }
        #expect(context.ledger.count == 1)
    }

    @Test("takes nothing from a failed resolution")
    func failure() {
        #expect(throws: BrokerError.self) { try context.resolve(.literal(Secret(""))) }
        #expect(context.ledger.count == 0)
    }
}
