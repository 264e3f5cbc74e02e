import Foundation
import Testing

@Suite("The commands without network access")
struct OtherCommandTests {
    @Test("show the parameters for WeChat, without the secret")
    func launch() async throws {
        let workspace = try Workspace()
        let configuration = try workspace.write(
            """
            version: 1
            providers:
              wxapp:
                type: wxapp
                settings: { userPoolId: 5e4cdd055df3df65dc58b97d, secret: { env: NOT_SET }, requestPhone: true }
            """,
            to: "broker.yaml"
        )
        let outcome = try await BrokerProcess.run("launch", "wxapp", "--config", configuration, "--format", "json")
        #expect(outcome.status == 0)
        #expect(outcome.result?["user_name"] as? String == "gh_a781a791e29e")
        let path = try #require(outcome.result?["path"] as? String)
        #expect(path.hasPrefix("/routes/explore?"))
        for parameter in ["userPoolId=5e4cdd055df3df65dc58b97d", "getPhone=1", "fromApp=1", "useSelfWxapp=0"] {
            #expect(path.contains(parameter))
        }
        let text = try await BrokerProcess.run("launch", "wxapp", "--config", configuration)
        #expect(text.output.contains(path))
    }

    @Test("list the configured instances")
    func providers() async throws {
        let workspace = try Workspace()
        let configuration = try workspace.configuration(instance: "enabled: false")
        let outcome = try await BrokerProcess.run("providers", "--config", configuration, "--format", "json")
        #expect(
            outcome.output
                == #"[{"display_name":"WeChat mini program (GenAuth)","enabled":false,"id":"wxapp","type":"wxapp"}]"#
                + "\n"
        )
        let text = try await BrokerProcess.run("providers", "--config", configuration)
        #expect(text.output.contains("wxapp") && text.output.contains("switched off"))
    }

    @Test("list the provider types, without a configuration")
    func types() async throws {
        let json = try await BrokerProcess.run("providers", "types", "--format", "json", directory: "/")
        #expect(json.status == 0, "\(json.error)")
        let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        let oidc = try #require(rows?.first { $0["type"] as? String == "oidc" })
        #expect(oidc["capabilities"] as? [String] == ["logout", "redirect"])
        #expect(oidc["credentials"] as? [String] == ["authorization_code", "id_token"])
        let text = try await BrokerProcess.run("providers", "types", directory: "/")
        #expect(text.output.contains("wxapp") && text.output.contains("oidc"))
    }

    @Test("print the declaration of a type, which another takes unchanged, and check what a person makes of it")
    func declaration() async throws {
        let workspace = try Workspace()
        let printed = try await BrokerProcess.run("providers", "describe", "github", "--declaration", directory: "/")
        #expect(printed.status == 0 && printed.output.hasPrefix("issuer: \"https://github.com\"\n"))
        _ = try workspace.write(printed.output, to: "github.yaml")
        let configuration = try workspace.write(
            """
            version: 1
            providers:
              github:
                type: oauth2
                settings: { declaration: github.yaml, clientId: a, clientSecret: { literal: not-so-secret } }
            """,
            to: "broker.yaml")
        let check = try await BrokerProcess.run("config", "check", "--config", configuration)
        #expect(check.status == 0, "\(check.error)")

        let changed = printed.output.replacing("subject:", with: "subjekt:").replacing("primary:", with: "prymary:")
        let file = try workspace.write(changed, to: "github.yaml")
        let refused = try await BrokerProcess.run("config", "check", "--config", configuration)
        #expect(refused.status == 78)
        for (key, meant) in [("subjekt", "subject"), ("prymary", "primary")] {
            let lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
            let line = try #require(lines.firstIndex { $0.contains("\(key):") })
            let column = lines[line].prefix { $0 == " " }.count + 1
            let problem = "\(file):\(line + 1):\(column): Unknown key '\(key)'. Did you mean '\(meant)'?"
            #expect((refused.output + refused.error).contains(problem))
        }

        let none = try await BrokerProcess.run("providers", "describe", "oidc", "--declaration")
        #expect(none.status == 78 && none.error.contains("from code") && none.error.contains("gitee, github"))
        let own = try await BrokerProcess.run("providers", "describe", "oauth2", "--declaration")
        #expect(
            own.status == 78 && own.error.contains("takes a declaration of yours") && !own.error.contains("from code"))
        #expect(own.error.contains("gitee, github"))
    }

    @Test("describe a provider type, and list the known ones for an unknown type")
    func describe() async throws {
        let text = try await BrokerProcess.run("providers", "describe", "wxapp")
        #expect(text.status == 0)
        for word in ["userPoolId", "miniProgram.userName", "phone_conflict", "launch"] {
            #expect(text.output.contains(word))
        }
        let json = try await BrokerProcess.run("providers", "describe", "wxapp", "--format", "json")
        #expect(json.result?["type"] as? String == "wxapp")
        let unknown = try await BrokerProcess.run("providers", "describe", "wechat", "--format", "json")
        #expect(unknown.status == 78)
        #expect((unknown.failure?["message"] as? String)?.contains("wxapp") == true)
    }

    @Test("find a valid configuration valid, and warn of what is unwise in it")
    func check() async throws {
        let workspace = try Workspace()
        let good = try await BrokerProcess.run(
            "config", "check", "--config", try workspace.configuration(), "--format", "json")
        #expect(good.status == 0)
        #expect(good.result?["providers"] as? [String] == ["wxapp"])
        #expect(!good.output.contains(Workspace.secret) && !good.error.contains(Workspace.secret))

        let unwise = try workspace.write(
            "version: 1\nproviders: { wxapp: { type: wxapp, settings: { userPoolId: a } } }", to: "unwise.yaml")
        let warned = try await BrokerProcess.run("config", "check", "--config", unwise)
        #expect(warned.status == 0)
        #expect(warned.error.contains("warning: "))
        #expect(warned.error.contains("secret"))
    }

    @Test("print a JSON Schema")
    func schema() async throws {
        let outcome = try await BrokerProcess.run("config", "schema")
        #expect(outcome.status == 0)
        #expect((outcome.result?["$schema"] as? String)?.contains("2020-12") == true)
        #expect(outcome.output.contains("userPoolId"))
    }
}
