import ArgumentParser
import BrokerConfiguration
import BrokerSandbox
import BrokerService
import IdentityBroker
import Testing
import WXAppProvider

@testable import BrokerCommands

@Suite("The files of a sandbox")
struct SandboxFilesTests {
    /// A sandbox whose texts mean something to YAML.
    private struct OddSandbox: Sandbox {
        struct Options: ParsableArguments, Sendable {}

        static let providerType = "wxapp"
        static let displayName = "Odd: the \"best\" #1\nversion: 2"
        static let summary = ""
        static let discussion = ""
        let baseURL = "https://localhost:9/a: b#c"
        let caCertificatePEM = ""
        let settings = [
            SandboxSetting("userPoolId", .text("null")), SandboxSetting("issuer", .text("https://localhost:9/a #b")),
            SandboxSetting("secret", .secret("secret: text")),
        ]

        static func start(with options: Options) async throws -> OddSandbox { OddSandbox() }
        func stop() async {}
        func mintCredential() throws -> Credential { .ticket("t") }
        func makeGuide() throws -> SandboxGuide {
            SandboxGuide(credentialName: "ticket", credentials: [], authorization: .init(url: "", form: ""))
        }
    }

    @Test("have every text as it is, whatever it means to YAML")
    func oddTexts() throws {
        let workspace = try Workspace()
        let files = try SandboxFiles(
            for: OddSandbox(), as: "odd", in: workspace.directory, endingWith: OrderlyEnd())
        let configuration = try Configuration.load(
            contentsOf: files.configuration, providers: ProviderRegistry([WXAppProvider.self]),
            stores: StoreRegistry([.memory]))
        let entry = try configuration.entry(for: "odd")
        #expect(entry.displayName == "\(OddSandbox.displayName) sandbox")
    }
}
