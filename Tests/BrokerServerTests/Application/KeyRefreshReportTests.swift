import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Signing keys that cannot be refreshed")
struct KeyRefreshReportTests {
    @Test("are reported at once, every hour, and when it is over")
    func report() {
        let log = LogRecording()
        var report = KeyRefreshReport(to: log.makeLogger())
        let failure = BrokerError(.unavailable, "The signing keys cannot be read or written.")
        for second in stride(from: 0, through: 2 * 60 * 60, by: 2) { report.record(failure, at: .seconds(second)) }
        report.record(nil, at: .seconds(7210))
        report.record(nil, at: .seconds(7212))
        #expect(
            log.entries.map(\.message) == [
                "signing keys not refreshed", "signing keys not refreshed", "signing keys not refreshed",
                "signing keys refreshed again",
            ])
        #expect(log.entries.map { $0.metadata["broker.lasting_seconds"] } == [nil, "3600", "7200", "7210"])
        #expect(log.entries.dropLast().allSatisfy { $0.metadata["broker.reason"] == failure.message })
        #expect(log.entries.map { "\($0.level)" } == ["error", "error", "error", "notice"])
    }
}
