import Foundation
import Testing

@Suite("Feishu on the command line", .timeLimit(.minutes(15)))
struct FeishuTests {
    @Test("signs a tenant's user in at a sandbox, and no one else")
    func login() async throws {
        let outcome = try await BrokerProcess.run("login", "feishu", "--sandbox", "--format", "json", directory: "/")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect((outcome.result?["claims"] as? [String: Any])?["name"] as? String == "Ada Lovelace")
        #expect((outcome.result?["attributes"] as? [String: Any])?["tenant_key"] as? String == "2c1d0e9f8a7b6c5d")
        #expect(outcome.result?["notices"] as? [String] == [])
        let other = try await BrokerProcess.run(
            "login", "feishu", "--sandbox", "--person", "alan", "--format", "json", directory: "/")
        #expect(other.status == 77)
        #expect(other.failure?["kind"] as? String == "access_denied")
    }

    private struct Report: Decodable {
        let config: String
        let app_id: String
        let codes: [String]
    }

    @Test(
        "runs a sandbox whose codes are an app's, of either call, and good for one login",
        arguments: [[], ["--login-codes"]])
    func sandbox(options: [String]) async throws {
        let (status, report) = try await SandboxProcess.run(["feishu", "--codes", "2"] + options) { (report: Report) in
            for status in [0, 65] as [Int32] {
                let outcome = try await BrokerProcess.run(
                    "login", "feishu", "--code", report.codes[0], "--config", report.config, "--format", "json")
                #expect(outcome.status == status, "\(outcome.error)")
            }
        }
        #expect(status == 0)
        #expect(report.codes.count == 2 && report.app_id.hasPrefix("cli_"))
    }

    @Test("is described in Chinese to those whose locale is Chinese")
    func languages() async throws {
        let chinese = try await BrokerProcess.run(
            "providers", "types", variables: ["LC_ALL": "", "LANG": "zh_CN.UTF-8"], directory: "/")
        let line = chinese.output.split(separator: "\n").first { $0.hasPrefix("  feishu ") } ?? ""
        #expect(line.contains("飞书"), "\(line)")
    }
}
