import Foundation
import Testing

@Suite("Alipay and DingTalk on the command line", .timeLimit(.minutes(15)))
struct AlipayTests {
    private static let types = ["alipay", "dingtalk"]

    @Test("sign in at a sandbox", arguments: types)
    func login(type: String) async throws {
        let outcome = try await BrokerProcess.run(
            "login", type, "--sandbox", "--person", "grace", "--format", "json", "--include-raw", directory: "/")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect((outcome.result?["claims"] as? [String: Any])?["name"] as? String == "Grace Hopper")
        #expect(outcome.result?["notices"] as? [String] == [])
        let record = try #require(outcome.result?["upstream"] as? [String: Any])
        #expect(!record.keys.contains { $0.lowercased().contains("token") })
        #expect(outcome.error.isEmpty)
    }

    private struct Report: Decodable {
        let config: String
        let codes: [String]
    }

    @Test("run a sandbox for an app, whose codes are good for one login", arguments: types)
    func sandbox(type: String) async throws {
        let (status, report) = try await SandboxProcess.run([type, "--codes", "2"]) { (report: Report) in
            for status in [0, 65] as [Int32] {
                let outcome = try await BrokerProcess.run(
                    "login", type, "--code", report.codes[0], "--config", report.config, "--format", "json")
                #expect(outcome.status == status, "\(outcome.error)")
            }
        }
        #expect(status == 0)
        #expect(report.codes.count == 2)
    }

    @Test("are described in Chinese to those whose locale is Chinese")
    func languages() async throws {
        let chinese = try await BrokerProcess.run(
            "providers", "types", variables: ["LC_ALL": "", "LANG": "zh_CN.UTF-8"], directory: "/")
        let english = try await BrokerProcess.run(
            "providers", "types", variables: ["LC_ALL": "", "LANG": "en_US.UTF-8"], directory: "/")
        for type in Self.types {
            let lines = [chinese, english].map { outcome in
                outcome.output.split(separator: "\n").first { $0.hasPrefix("  \(type) ") } ?? ""
            }
            #expect(lines[0].contains("用户"), "\(lines[0])")
            #expect(lines[1].contains("Signs "), "\(lines[1])")
        }
    }
}
