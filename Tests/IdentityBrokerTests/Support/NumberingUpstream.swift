import HTTPTypes

@testable import IdentityBroker

/// An upstream that numbers its answers to requests for shared values, and answers logins at once.
final class NumberingUpstream: Sendable {
    let gate = Gate()
    /// Opens when a request for a shared value is cancelled.
    let cancellation = Gate()
    let count = Locked(0)
    let failures = Locked<[TransportFailure]>([])
    let status = Locked(HTTPResponse.Status.ok)
    /// A gate at which answers also wait; nil for none.
    let hang = Locked<Gate?>(nil)

    var transport: ScriptedTransport {
        ScriptedTransport { [self] request throws(TransportFailure) in
            guard request.head.path == "/keys" else { return .ok }
            let number = count.withLock { count in
                count += 1
                return count
            }
            do {
                try await gate.pass()
                try await hang.withLock { $0 }?.pass()
            } catch {
                cancellation.open()
                throw TransportFailure(.cancelled, mayHaveLeft: true)
            }
            let failure = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let failure { throw failure }
            return UpstreamResponse(status: status.withLock { $0 }, body: Array("\(number)".utf8))
        }
    }

    var requestCount: Int { count.withLock { $0 } }

    func makeBench(
        _ value: SharedValue<String> = .text(),
        forced: Bool = false,
        limits: ProviderLimits = ProviderLimits(concurrency: 2000, queue: 0)
    ) throws -> Bench {
        try Bench(transport: transport, limits: limits) { credential, exchange in
            let text = forced ? try await exchange.refetched(value) : try await exchange.shared(value)
            _ = try await exchange.send(.redeeming(credential))
            return .person("keys-\(text)")
        }
    }

    func subject(_ bench: Bench, _ number: Int) async throws -> String {
        try await bench.login(.ticket("ticket-\(number)")).subject
    }
}
