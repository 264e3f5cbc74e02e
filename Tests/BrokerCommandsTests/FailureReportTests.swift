import Foundation
import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("The failure report")
struct FailureReportTests {
    @Test("has every member in JSON, null if unknown")
    func json() {
        let report = FailureReport(BrokerError(.unavailable, "The store is full."))
        #expect(
            report.json == """
                {"error":{"credential":"unused","kind":"unavailable","message":"The store is full.",\
                "provider":null,"retry_after":null,"upstream_code":null}}
                """
        )
    }

    @Test("shows code, provider and seconds if known")
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

    @Test(
        "escapes non-printable characters in its message and in an upstream's code",
        arguments: ["\n", "\u{1B}[2J", "\u{202E}", "\u{2028}", "\u{85}", "\u{E0041}"])
    func printable(_ text: String) throws {
        let message = "one\(text)two"
        let report = FailureReport(BrokerError(.internalError, message, upstreamCode: text).about("wxapp"))
        #expect(report.json.unicodeScalars.allSatisfy { $0.isPrintable })
        let read = try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: [String: Any]]
        #expect(read?["error"]?["message"] as? String == message)
        let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy(\.isPrintable) })
        #expect(report.text.hasPrefix("error: one\\"))
    }
}
