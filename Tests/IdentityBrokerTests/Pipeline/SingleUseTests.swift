import IdentityBroker
import Testing

@Suite("One ticket, presented a thousand times at once")
struct SingleUseTests {
    private func outcomes(of bench: Bench) async -> [BrokerError?] {
        await withTaskGroup { group in
            for _ in 0..<1_000 {
                group.addTask { () async -> BrokerError? in
                    do throws(BrokerError) {
                        _ = try await bench.broker.login(Bench.id, with: .ticket("ticket-1"))
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [BrokerError?]()) { $0.append($1) }
        }
    }

    @Test("is exchanged once")
    func once() async throws {
        let bench = try Bench(limits: ProviderLimits(concurrency: 1_000))
        let outcomes = await outcomes(of: bench)
        #expect(bench.transport.sendings.count == 1)
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0?.kind == .credentialAlreadyUsed && $0?.credential == .spent } == 999)
        #expect(bench.audit.count == 1_000)
    }

    @Test("is exchanged once if not all are admitted")
    func limited() async throws {
        let bench = try Bench(limits: ProviderLimits(concurrency: 8))
        let outcomes = await outcomes(of: bench)
        #expect(bench.transport.sendings.count == 1)
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.allSatisfy { $0 == nil || [.credentialAlreadyUsed, .unavailable].contains($0?.kind) })
    }

    @Test("is exchanged for one login at a time while the upstream is unreachable")
    func released() async throws {
        let bench = try Bench(
            transport: .failing(.connectionFailed, mayHaveLeft: false),
            limits: ProviderLimits(concurrency: 1_000)
        )
        let outcomes = await outcomes(of: bench)
        #expect(outcomes.allSatisfy { [.credentialAlreadyUsed, .upstreamUnavailable].contains($0?.kind) })
        #expect(outcomes.count { $0?.kind == .upstreamUnavailable } == bench.transport.sendings.count)
        #expect(try await !bench.isHeld())
    }
}
