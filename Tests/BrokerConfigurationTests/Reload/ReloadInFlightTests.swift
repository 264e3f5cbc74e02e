import BrokerConfiguration
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A reload while logins are under way")
struct ReloadInFlightTests {
    /// Reloads in the middle of a login's exchange, and returns the result of the login.
    private func login(across yaml: String) async throws -> Result<Identity, any Error> {
        let bench = try ReloadBench(
            "version: 1\nproviders: { p: { type: redeeming, settings: { secret: { env: OLD } } } }",
            variables: ["OLD": "12345", "NEW": "123"]
        )
        let login = Task { try await bench.broker.login("p", with: .ticket("ticket-1")) }
        try await bench.transport.turnstile.waitUntilHeld()
        try bench.write("version: 1\nproviders: \(yaml)")
        _ = await bench.problems()
        bench.transport.turnstile.open()
        return await login.result
    }

    @Test(
        "lets them end as they began",
        arguments: [
            "{ p: { type: redeeming, settings: { secret: { env: OLD } } } }",
            "{ p: { type: redeeming, settings: { secret: { env: NEW } } }, q: { type: redeeming } }",
            "{ p: { type: redeeming, limits: { timeout: 1s, concurrency: 1 } } }",
        ]
    )
    func goesOn(yaml: String) async throws {
        #expect(try await login(across: yaml).get().subject == "secret-5")
    }

    @Test(
        "lets them end as they began if it is refused",
        arguments: [
            "{ p: { type: redeeming, enabled: false }",
            "{ p: { type: redeeming, settings: { secret: { env: UNSET } } }, q: { type: redeeming } }",
            "{}\nstores: { retention: 1s }",
        ]
    )
    func refused(yaml: String) async throws {
        #expect(try await login(across: yaml).get().subject == "secret-5")
    }

    @Test(
        "refuses those whose instance was disabled, removed or given another issuer",
        arguments: [
            "{ p: { type: redeeming, enabled: false, settings: { secret: { env: OLD } } } }",
            "{ q: { type: redeeming } }",
            "{}",
            "{ p: { type: redeeming, settings: { issuer: other } } }",
        ]
    )
    func killed(yaml: String) async throws {
        let result = try await login(across: yaml)
        let error = #expect(throws: BrokerError.self) { try result.get() }
        #expect(error?.kind == .providerDisabled)
        #expect(error?.credential == .spent)
    }
}
