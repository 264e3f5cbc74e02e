import BrokerSandbox
import Foundation
import Testing

@testable import OpenIDConnectSandbox

@Suite("What the OpenID sandbox keeps for a time")
struct BoundTests {
    @Test("is bounded: codes, tokens, pushed requests and assertions")
    func sandbox() throws {
        var bench = try SandboxBench()
        for hour in 0..<300 {
            let now = SandboxBench.now.addingTimeInterval(Double(hour) * 3600)
            let form = SandboxBench.changed(bench.request, ["client_secret": "client-secret"])
            _ = try bench.state.push(form, [], at: now)
            guard
                case .answer(let answer) = bench.state.authorize(
                    FormText.encode(bench.request), .agree(Person.all[0]), at: now)
            else { throw NoAnswer() }
            let code = try #require(answer.parameters["code"])
            _ = try bench.state.redeem(bench.redemption(of: code), [], at: now)
        }
        let state = bench.state
        #expect(state.codes.count <= 64 && state.accessTokens.count <= 64 && state.pushedRequests.count <= 64)
    }

    private struct NoAnswer: Error {}
}
