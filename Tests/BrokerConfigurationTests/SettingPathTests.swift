import Testing

@testable import BrokerConfiguration

@Suite("The path of a setting")
struct SettingPathTests {
    private func paths(in yaml: String) throws -> [String] {
        let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml) }
        return try #require(error).problems.map(\.keyPath)
    }

    @Test("distinguishes keys that may be secrets by their positions, without repeating them")
    func unpresentable() throws {
        let yaml = """
            version: 1
            providers: {}
            clients:
              "hunter2/one+=": { secret: { env: A }, audiences: [a, a] }
              "hunter2/two+=": { secret: { env: A }, audiences: [a, a] }
            """
        let paths = try paths(in: yaml)
        #expect(
            paths == [
                "clients.…(4:20)", "clients.…(4:20).audiences[1]", "clients.…(5:20)", "clients.…(5:20).audiences[1]",
            ])
        #expect(!paths.joined().contains("hunter2"))
    }

    @Test(
        "names a client by its id, which is not a secret, however long it is",
        arguments: ["my~app", String(repeating: "a", count: 128)])
    func clients(id: String) throws {
        let yaml = "version: 1\nproviders: {}\nclients: { \(id): { secret: { env: A }, audiences: [a, a] } }"
        #expect(try paths(in: yaml) == ["clients.\(id).audiences[1]"])
    }
}
