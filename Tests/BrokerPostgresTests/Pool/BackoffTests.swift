import Testing

@testable import BrokerPostgres

@Suite("The pause before a server is contacted again")
struct BackoffTests {
    @Test(
        "doubles with each failure, up to a limit",
        arguments: [(1, 100), (2, 200), (3, 400), (5, 1_600), (6, 2_000), (1_000_000, 2_000)]
    )
    func growth(failures: Int, milliseconds: Int) {
        let backoff = Backoff()
        #expect(backoff.delay(afterFailures: failures, jitter: 1) == .milliseconds(milliseconds))
        #expect(backoff.delay(afterFailures: failures, jitter: 0) == .milliseconds(milliseconds) / 2)
    }
}
