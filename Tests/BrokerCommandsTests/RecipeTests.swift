import BrokerTesting
import IdentityBroker
import LoopbackServer
import Testing
import WXAppProvider

@testable import BrokerCommands

/// A custom command line: a list of providers, and defaults for everything else.
@Suite("A program of a few lines")
struct RecipeTests {
    @Test("remembers a ticket from one process to the next")
    func remembers() async throws {
        let workspace = try Workspace()
        let upstream = try await FakeUpstream.start { _ in .json(#"{"code":2206,"message":"no"}"#) }
        let path = try workspace.configuration(baseURL: upstream.baseURL, caFile: upstream.caFile)
        let errors = Monitor<[String]>([])
        let console = Console(
            write: { _ in }, writeError: { text in errors.withState { $0.append(text) } }, style: .plain)
        for _ in 1...2 {
            let code = await BrokerCommand.run(
                ["login", "wxapp", "--ticket", "ticket-1", "--config", path, "--format", "json"],
                providers: [ProviderKind(WXAppProvider.self)],
                stores: BrokerCommand.defaultStores,
                console: console
            )
            #expect(code == ExitCode(status: .credentialRefused))
        }
        await upstream.stop()
        let seen = errors.snapshot
        #expect(seen.count == 2)
        #expect(seen.first?.contains(#""kind":"invalid_credential""#) == true)
        #expect(seen.last?.contains(#""kind":"credential_already_used""#) == true)
        #expect(upstream.requests.count == 1)
    }
}
