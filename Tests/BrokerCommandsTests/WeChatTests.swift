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

    @Test("signs in, or refuses, whoever of the sandbox's people is named, as the contract says")
    func people() async throws {
        let snapshot = try await BrokerProcess.run(
            "login", "wechat-official-account", "--sandbox", "--person", "snapshot", "--format", "json", directory: "/")
        #expect(snapshot.status == 77)
        #expect(snapshot.failure?["kind"] as? String == "interaction_required")
        #expect(snapshot.failure?["credential"] as? String == "spent")
        let garbled = try await BrokerProcess.run(
            "login", "wechat-miniprogram", "--sandbox", "--person", "garbled", "--format", "json", directory: "/")
        #expect(garbled.status == 0, "\(garbled.error)")
        #expect((garbled.result?["claims"] as? [String: Any])?["name"] == nil)
        #expect(garbled.result?["notices"] as? [String] == ["name_cleaned"])
        let unbound = try await BrokerProcess.run(
            "login", "wechat-web", "--sandbox", "--person", "unbound", "--format", "json", directory: "/")
        let ids = try #require(unbound.result?["alternate_ids"] as? [[String: Any]])
        #expect(ids.map { $0["type"] as? String } == ["wechat_openid"])
        let unknown = try await BrokerProcess.run(
            "login", "wechat-web", "--sandbox", "--person", "snapshot", directory: "/")
        #expect(unknown.status == 78 && unknown.error.contains("ada, grace, alan, unbound, garbled"))
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

    @Test("is described in full in Chinese, by locale or by choice", arguments: types + ["wxapp"])
    func description(type: String) async throws {
        let byLocale = try await BrokerProcess.run(
            "providers", "describe", type, variables: ["LC_ALL": "", "LANG": "zh_CN.UTF-8"], directory: "/")
        #expect(byLocale.status == 0)
        let byChoice = try await BrokerProcess.run(
            "providers", "describe", type, "--language", "zh-Hans", variables: ["LC_ALL": "en_US"], directory: "/")
        #expect(byChoice.output == byLocale.output)
        // Every line has a text that is Chinese, but for those with an id or an address alone.
        for line in byLocale.output.split(separator: "\n") where !line.hasPrefix("  能力") && !line.hasPrefix("  文档") {
            #expect(line.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }, "\(line)")
        }
        let english = try await BrokerProcess.run(
            "providers", "describe", type, "--language", "en", variables: ["LC_ALL": "zh_CN"], directory: "/")
        #expect(english.output.contains("Settings\n") && !english.output.contains("设置"))
        let page = try await BrokerProcess.run(
            "providers", "describe", type, "--markdown", variables: ["LC_ALL": "zh_CN"], directory: "/")
        #expect(page.output.contains("## Settings"))
    }

    @Test(
        "is described to programs in all languages at once, and a language has the form of a tag",
        arguments: [
            ["--language", "zh", "--format", "json"], ["--language", "zh", "--declaration"], ["--language", "chinese"],
            ["--language", ""],
        ])
    func languageUsage(arguments: [String]) async throws {
        let outcome = try await BrokerProcess.run(["providers", "describe", "wxapp"] + arguments, directory: "/")
        #expect(outcome.status == 64 && outcome.error.contains("--language"))
        let json = try await BrokerProcess.run("providers", "describe", "wxapp", "--format", "json", directory: "/")
        let texts = (json.result?["translations"] as? [String: Any])?["zh"] as? [String: Any]
        #expect((texts?["settings"] as? [String: String])?["miniProgram.appId"]?.contains("openid") == true)
        #expect(json.result?["display_name"] as? String == "WeChat mini program (GenAuth)")
    }
}
