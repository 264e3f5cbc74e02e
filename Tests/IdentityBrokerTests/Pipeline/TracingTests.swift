import IdentityBroker
import InMemoryTracing
import Testing
import Tracing

@Suite("The trace of a login")
struct TracingTests {
    private func span(of credential: Credential, endingWith error: BrokerError? = nil) async throws
        -> FinishedInMemorySpan
    {
        let tracer = InMemoryTracer()
        let broker = try Broker(
            providers: [
                Bench.instance { _, _ in
                    if let error { throw error }
                    return .person
                }
            ],
            transport: ScriptedTransport(),
            clock: .stopped,
            tracer: tracer
        )
        _ = try? await broker.login(Bench.id, with: credential)
        #expect(tracer.finishedSpans.count == 1)
        return try #require(tracer.finishedSpans.first)
    }

    @Test("is one span that names the provider")
    func success() async throws {
        let span = try await span(of: .ticket("one"))
        #expect(span.operationName == "broker.login")
        #expect(span.attributes["broker.provider"]?.toSpanAttribute() == .string("scripted"))
        #expect(span.status == nil)
    }

    @Test("names the failure, without its message")
    func failure() async throws {
        let error = BrokerError(.accessDenied, "No, \(Canary.ticket).")
        let span = try await span(of: .ticket(Canary.ticket), endingWith: error)
        #expect(span.attributes["broker.failure"]?.toSpanAttribute() == .string("access_denied"))
        #expect(span.status?.code == .error)
        #expect(Canary.found(in: "\(span)").isEmpty)
    }
}
