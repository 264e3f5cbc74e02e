import LoopbackServer
import Testing

@testable import BrokerSandbox

@Suite("The servers of a sandbox")
struct SandboxUpstreamTests {
    private struct Broken: Error {}

    @Test("answer what they cannot answer with the reason")
    func failure() {
        var state = 0
        let request = ReceivedRequest(method: "GET", target: "/")
        let script = SandboxUpstream<Int>.respond(to: request, in: &state) { _, _ in throw Broken() }
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return
        }
        #expect(response.status == 500)
        #expect(String(decoding: response.body, as: UTF8.self) == "The sandbox failed: Broken()\n")
    }

    @Test("sign no one in who is unknown, and say what the page says")
    func signIn() async throws {
        #expect(throws: SandboxFault.unknownPerson) { try Person.named("eve") }
        let upstream = try await SandboxUpstream<Int>.start(
            port: 0, answer: { _, _ in .respond() }, answerBrowser: { _, _ in .respond() }, makeState: { _ in 0 })
        let outcomes: [(AuthorizationOutcome, SandboxFault)] = [(.error("No."), .page("No.")), (.choice, .undecided)]
        for (outcome, fault) in outcomes {
            guard case .redirect(let follow) = upstream.signIn(at: "/a", { _, _ in outcome }) else { continue }
            #expect(throws: fault) { try follow("\(upstream.site.pages)/a?b=c") }
            #expect(throws: SandboxFault.otherPage) { try follow("\(upstream.site.pages)/b?b=c") }
        }
        await upstream.stop()
    }
}
