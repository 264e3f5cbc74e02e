import IdentityBroker
import Testing

@Suite("The kill switch, thrown in the middle of an exchange", .timeLimit(.minutes(15)))
struct KillSwitchTests {
    /// The outcome of a login in the middle of which the switches are thrown.
    private func kind(
        throwing switches: (Broker) -> Void,
        in bench: (Gate) throws -> Bench = { gate in try Bench(transport: .waiting(at: gate)) }
    ) async throws -> (kind: BrokerError.Kind?, fate: CredentialFate?) {
        let gate = Gate()
        let bench = try bench(gate)
        async let login = bench.login()
        try await gate.waitForArrivals()
        switches(bench.broker)
        gate.open()
        do {
            _ = try await login
            return (nil, nil)
        } catch let error as BrokerError {
            return (error.kind, error.credential)
        }
    }

    @Test("refuses the login, whose credential is spent")
    func off() async throws {
        let outcome = try await kind { $0.setEnabled(false, for: Bench.id) }
        #expect(outcome == (.providerDisabled, .spent))
    }

    @Test("refuses the login even if it is thrown back at once")
    func offAndOn() async throws {
        let outcome = try await kind { broker in
            broker.setEnabled(false, for: Bench.id)
            broker.setEnabled(true, for: Bench.id)
        }
        #expect(outcome == (.providerDisabled, .spent))
    }

    @Test("refuses nothing if it changes nothing")
    func onAndOn() async throws {
        let outcome = try await kind { $0.setEnabled(true, for: Bench.id) }
        #expect(outcome == (nil, nil))
    }

    @Test("refuses nothing at another instance")
    func another() async throws {
        let outcome = try await kind { $0.setEnabled(false, for: "another") }
        #expect(outcome == (nil, nil))
    }

    @Test("does not change a failure")
    func failure() async throws {
        let outcome = try await kind {
            $0.setEnabled(false, for: Bench.id)
        } in: { gate in
            try Bench { _, _ in
                await gate.passStubbornly()
                throw BrokerError(.accessDenied, "No.")
            }
        }
        #expect(outcome == (.accessDenied, .unused))
    }
}
