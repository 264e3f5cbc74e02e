import Foundation
import Testing

@Suite("WeChat on the command line", .timeLimit(.minutes(15)))
struct WeChatTests {
    private static let types = ["wechat-app", "wechat-miniprogram", "wechat-official-account", "wechat-web"]

    @Test("signs in at a sandbox, whatever the type", arguments: types)
    func login(type: String) async throws {
        let outcome = try await BrokerProcess.run("login", type, "--sandbox", "--format", "json", directory: "/")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect((outcome.result?["claims"] as? [String: Any])?["name"] as? String == "Ada Lovelace")
        #expect(outcome.result?["notices"] as? [String] == [])
    }

    @Test("shows the record without the session key, and the phone number to who asked for it")
    func record() async throws {
        let outcome = try await BrokerProcess.run(
            "login", "wechat-miniprogram", "--sandbox", "--person", "grace", "--format", "json", "--include-raw",
            directory: "/")
        #expect((outcome.result?["claims"] as? [String: Any])?["phone_number"] as? String == "+85291234567")
        let record = try #require(outcome.result?["upstream"] as? [String: Any])
        #expect(Set(record.keys) == ["openid", "phone_info", "unionid", "user_info"])
        #expect(outcome.error.isEmpty)
    }

    private struct Report: Decodable {
        let config: String
        let app_id: String
        let codes: [String]
    }

    @Test("runs a sandbox for the family by its name, whose codes are good for one login")
    func sandbox() async throws {
        let (status, report) = try await SandboxProcess.run(["wechat", "--codes", "2"]) { (report: Report) in
            for status in [0, 65] as [Int32] {
                let outcome = try await BrokerProcess.run(
                    "login", "wechat-miniprogram", "--code", report.codes[0], "--config", report.config, "--format",
                    "json")
                #expect(outcome.status == status, "\(outcome.error)")
            }
        }
        #expect(status == 0)
        #expect(report.codes.count == 2 && report.app_id.hasPrefix("wx"))
    }

    @Test("is described in Chinese to those whose locale is Chinese, and to programs in both languages")
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
        let json = try await BrokerProcess.run(
            "providers", "types", "--format", "json", variables: ["LANG": "zh_CN.UTF-8"], directory: "/")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        let row = try #require(rows.first { $0["type"] as? String == "wechat-miniprogram" })
        #expect(row["display_name"] as? String == "WeChat mini program")
        let texts = (row["translations"] as? [String: Any])?["zh"] as? [String: Any]
        #expect(texts?["display_name"] as? String == "微信小程序")
    }
}
