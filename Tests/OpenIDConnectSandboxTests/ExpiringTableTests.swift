import Foundation
import Testing

@testable import OpenIDConnectSandbox

@Suite("What the OpenID sandbox keeps for a time")
struct ExpiringTableTests {
    private let start = Date(timeIntervalSince1970: 0)

    @Test("lasts until its time, and is changed only while it is there")
    func lifetime() {
        var table = ExpiringTable<Int>()
        table.add(1, as: "a", for: 10, at: start)
        table.update("a") { $0 += 1 }
        table.update("b") { $0 += 1 }
        #expect(table.value(of: "a", at: start + 9) == 2 && table.value(of: "a", at: start + 10) == nil)
        table.remove("a")
        #expect(table.value(of: "a", at: start) == nil && table.count == 0)
    }

    @Test("is removed some time after it has expired")
    func removal() {
        var table = ExpiringTable<Int>()
        for number in 0..<10_000 {
            table.add(number, as: "\(number)", for: 100, at: start + Double(number))
            #expect(table.count <= 201)
        }
        #expect(table.value(of: "9950", at: start + 10_000) == 9950)
    }

    @Test("bounds what codes, tokens, pushed requests and assertions take")
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
