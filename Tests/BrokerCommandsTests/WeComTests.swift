import Foundation
import Testing

@Suite("WeCom on the command line", .timeLimit(.minutes(15)))
struct WeComTests {
    @Test("signs a member in at a sandbox, and no one else")
    func login() async throws {
        let outcome = try await BrokerProcess.run("login", "wecom", "--sandbox", "--format", "json", directory: "/")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect((outcome.result?["claims"] as? [String: Any])?["name"] as? String == "Ada Lovelace")
        #expect(outcome.result?["subject"] as? String == "adalovelace")
        #expect(outcome.result?["notices"] as? [String] == [])
        let other = try await BrokerProcess.run(
            "login", "wecom", "--sandbox", "--person", "alan", "--format", "json", directory: "/")
        #expect(other.status == 77)
        #expect(other.failure?["kind"] as? String == "access_denied")
    }

    private struct Report: Decodable {
        let config: String
        let corp_id: String
        let codes: [String]
    }

    @Test("runs a sandbox whose codes are a mini program's, and good for one login")
    func sandbox() async throws {
        let (status, report) = try await SandboxProcess.run(["wecom", "--codes", "2"]) { (report: Report) in
            for status in [0, 65] as [Int32] {
                let outcome = try await BrokerProcess.run(
                    "login", "wecom", "--code", report.codes[0], "--config", report.config, "--format", "json")
                #expect(outcome.status == status, "\(outcome.error)")
            }
        }
        #expect(status == 0)
        #expect(report.codes.count == 2 && report.corp_id.hasPrefix("ww"))
    }

    @Test("is described in Chinese to those whose locale is Chinese")
    func languages() async throws {
        let chinese = try await BrokerProcess.run(
            "providers", "types", variables: ["LC_ALL": "", "LANG": "zh_CN.UTF-8"], directory: "/")
        let line = chinese.output.split(separator: "\n").first { $0.hasPrefix("  wecom ") } ?? ""
        #expect(line.contains("企业微信"), "\(line)")
    }
}
