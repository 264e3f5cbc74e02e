import ArgumentParser
import BrokerConfiguration
import BrokerSandbox
import BrokerService
import Foundation
import IdentityBroker
import Testing
import WXAppProvider

@testable import BrokerCommands

@Suite("The files of a sandbox")
struct SandboxFilesTests {
    /// A sandbox whose texts mean something to YAML.
    private struct OddSandbox: Sandbox {
        struct Options: ParsableArguments, Sendable {}

        static let kind = SandboxKind(
            of: "wxapp", displayName: "Odd: the \"best\" #1\nversion: 2", summary: "", discussion: "",
            options: Options.self
        ) { _, _ in OddSandbox() }

        let baseURL = "https://localhost:9/a: b#c"
        let caCertificatePEM = ""
        let settings = [
            SandboxSetting("userPoolId", .text("null")), SandboxSetting("issuer", .text("https://localhost:9/a #b")),
            SandboxSetting("secret", .secret("secret: text")),
            SandboxSetting("miniProgram", .object([SandboxSetting("userName", .text("a, b: { c }"))])),
        ]
        let people = [SandboxPerson("ada", "")]

        func stop() async {}
        func signIn(as person: SandboxPerson) throws -> SandboxSignIn { .credential(.ticket("t")) }
        func makeGuide() throws -> SandboxGuide {
            SandboxGuide(credentialName: "ticket", credentials: [], authorization: nil)
        }
    }

    private func write(to directory: String) throws(BrokerError) {
        _ = try SandboxFiles(
            for: OddSandbox(), of: OddSandbox.kind, as: "odd", in: directory, endingWith: OrderlyEnd())
    }

    @Test("replace those of an earlier sandbox, and no other file", arguments: ["broker.yaml", "ca.pem", "secret"])
    func existing(name: String) throws {
        let earlier = try Workspace()
        for _ in 0..<2 { try write(to: earlier.directory) }
        let workspace = try Workspace()
        let path = try workspace.write("precious", to: name)
        let failure = #expect(throws: BrokerError.self) { try write(to: workspace.directory) }
        #expect(failure?.kind == .misconfigured && failure?.message.contains(path) == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test("have every text as it is, whatever it means to YAML")
    func oddTexts() throws {
        let workspace = try Workspace()
        let files = try SandboxFiles(
            for: OddSandbox(), of: OddSandbox.kind, as: "odd", in: workspace.directory, endingWith: OrderlyEnd())
        let configuration = try Configuration.load(
            contentsOf: files.configuration, providers: ProviderRegistry([WXAppProvider.self]),
            stores: StoreRegistry([.memory]))
        let entry = try configuration.entry(for: "odd")
        #expect(entry.displayName == "\(OddSandbox.kind.displayName) sandbox")
    }
}
