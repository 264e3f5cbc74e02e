import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("The failure report")
struct FailureReportTests {
    @Test("has every member in JSON, null where nothing is known")
    func json() {
        let report = FailureReport(BrokerError(.unavailable, "The store is full."))
        #expect(
            report.json == """
                {"error":{"credential":"unused","kind":"unavailable","message":"The store is full.",\
                "provider":null,"retry_after":null,"upstream_code":null}}
                """
        )
    }

    @Test("gives code, provider and seconds where they are known")
    func details() {
        let error = BrokerError(.rateLimited, "Slow down.", upstreamCode: "2100", retryAfter: .milliseconds(1500))
        let report = FailureReport(error.about("wxapp"))
        #expect(
            report.json == """
                {"error":{"credential":"unused","kind":"rate_limited","message":"Slow down.",\
                "provider":"wxapp","retry_after":1.5,"upstream_code":"2100"}}
                """
        )
        #expect(report.text.contains("upstream code 2100"))
        #expect(report.text.contains("try again after 1.5 s"))
    }

    @Test("is one line, whatever the message holds")
    func oneLine() {
        #expect(!FailureReport(BrokerError(.internalError, "one\ntwo")).json.contains("\n"))
    }
}
