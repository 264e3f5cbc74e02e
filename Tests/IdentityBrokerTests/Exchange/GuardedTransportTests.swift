import BrokerTesting
import HTTPTypes
import Testing

@testable import IdentityBroker

@Suite("A guarded transport")
struct GuardedTransportTests {
    @Test("passes on the request, the policy, and the remaining time")
    func passing() async throws {
        let (transport, clock) = (ScriptedTransport(), TestClock())
        let guarded = GuardedTransport.example(over: transport, clock: clock)
        clock.advance(by: .seconds(4))
        #expect(try await guarded.send(.keys()) == .ok)
        let sending = try #require(transport.sendings.first)
        #expect(sending.request == .keys())
        #expect(sending.policy == TransportPolicy())
        #expect(sending.timeout == .seconds(6))
    }

    @Test("sends nothing once the deadline is over, not even with no time at all")
    func late() async throws {
        let (transport, clock) = (ScriptedTransport(), TestClock())
        let guarded = GuardedTransport.example(over: transport, clock: clock)
        clock.advance(by: .seconds(10))
        #expect(await guarded.refusal(of: .redeeming(.guarded))?.kind == .timedOut)
        #expect(transport.sendings.isEmpty)
        #expect(await guarded.seal() == .nothingLeft)
    }

    @Test("sends no request a second time")
    func repeats() async throws {
        let transport = ScriptedTransport()
        let guarded = GuardedTransport.example(over: transport)
        #expect(await guarded.refusal(of: .keys()) == nil)
        #expect(await guarded.refusal(of: .keys())?.kind == .internalError)
        #expect(transport.sendings.count == 1)
    }

    @Test("repeats a request that cannot have left, and never one that may have", arguments: [false, true])
    func retry(mayHaveLeft: Bool) async throws {
        let transport = ScriptedTransport.failing(.connectionFailed, mayHaveLeft: mayHaveLeft)
        let guarded = GuardedTransport.example(over: transport)
        #expect(await guarded.refusal(of: .redeeming(.guarded))?.kind == .upstreamUnavailable)
        #expect(
            await guarded.refusal(of: .redeeming(.guarded))?.kind
                == (mayHaveLeft ? .internalError : .upstreamUnavailable))
        #expect(transport.sendings.count == (mayHaveLeft ? 1 : 2))
        #expect(await guarded.seal() == (mayHaveLeft ? .unanswered : .nothingLeft))
    }

    @Test("sends one of a hundred racing repeats")
    func race() async {
        let transport = ScriptedTransport()
        let guarded = GuardedTransport.example(over: transport)
        let refusals = await withTaskGroup { group in
            for _ in 0..<100 { group.addTask { await guarded.refusal(of: .redeeming(.guarded)) } }
            return await group.reduce(into: [BrokerError?]()) { $0.append($1) }
        }
        #expect(refusals.count { $0 == nil } == 1)
        #expect(transport.sendings.count == 1)
    }

    @Test("sends unrelated requests, before and after the credential")
    func unrelated() async {
        let transport = ScriptedTransport()
        let guarded = GuardedTransport.example(over: transport)
        #expect(await guarded.refusal(of: .keys("before")) == nil)
        #expect(await guarded.refusal(of: .redeeming(.guarded)) == nil)
        #expect(await guarded.refusal(of: .keys("after")) == nil)
        #expect(await guarded.seal() == .answered)
    }

    @Test(
        "follows no redirect, and knows that the request was answered", arguments: [300, 301, 302, 303, 304, 307, 308])
    func redirects(_ code: Int) async {
        let transport = ScriptedTransport { _ in
            UpstreamResponse(status: .init(code: code), headerFields: [.location: "https://evil.example/"])
        }
        let guarded = GuardedTransport.example(over: transport)
        #expect(await guarded.refusal(of: .redeeming(.guarded))?.kind == .upstreamMisbehaved)
        #expect(transport.sendings.count == 1)
        #expect(await guarded.seal() == .answered)
    }

    @Test("returns any other answer, whatever its status", arguments: [200, 201, 400, 401, 404, 429, 500, 503])
    func answers(_ code: Int) async throws {
        let guarded = GuardedTransport.example(
            over: ScriptedTransport { _ in UpstreamResponse(status: .init(code: code)) })
        #expect(try await guarded.send(.keys()).status.code == code)
    }

    @Test("uses plain HTTP only if allowed", arguments: [false, true])
    func plainHTTP(isAllowed: Bool) async {
        let transport = ScriptedTransport()
        let guarded = GuardedTransport.example(over: transport, egress: EgressPolicy(allowsInsecureHTTP: isAllowed))
        let request = UpstreamRequest(method: .get, url: .example("a", scheme: "http"))
        #expect(await guarded.refusal(of: request)?.kind == (isAllowed ? nil : .misconfigured))
        #expect(transport.sendings.count == (isAllowed ? 1 : 0))
    }

    @Test("treats any scheme but https as plain HTTP", arguments: [nil, "HTTPS", "ftp", ""])
    func schemes(_ scheme: String?) async {
        let transport = ScriptedTransport()
        var request = UpstreamRequest.keys()
        request.head.scheme = scheme
        #expect(await GuardedTransport.example(over: transport).refusal(of: request)?.kind == .misconfigured)
        #expect(transport.sendings.isEmpty)
    }

    @Test("reveals nothing that it sent, however it is printed", arguments: Rendering.allCases)
    func printing(_ rendering: Rendering) async {
        let guarded = GuardedTransport.example(credential: .ticket(Canary.ticket))
        #expect(await guarded.refusal(of: .redeeming(.ticket(Canary.ticket))) == nil)
        #expect(Canary.found(in: rendering.text(of: guarded)).isEmpty)
    }
}
