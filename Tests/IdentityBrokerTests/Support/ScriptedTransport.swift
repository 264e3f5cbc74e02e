import HTTPTypes
import IdentityBroker
import LoopbackServer

/// A transport with scripted answers, which records what it was asked to send.
final class ScriptedTransport: UpstreamTransport {
    typealias Script = @Sendable (UpstreamRequest) async throws(TransportFailure) -> UpstreamResponse

    struct Sending: Sendable {
        let request: UpstreamRequest
        let policy: TransportPolicy
        let timeout: Duration
    }

    private let script: Script
    private let recorded = Monitor<[Sending]>([])

    /// Creates a transport; the default answers everything with an empty 200.
    init(_ script: @escaping Script = { _ in .ok }) {
        self.script = script
    }

    /// What it was asked to send, in order.
    var sendings: [Sending] { recorded.snapshot }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        recorded.withState { $0.append(Sending(request: request, policy: policy, timeout: timeout)) }
        return try await script(request)
    }

    func waitForSendings(_ count: Int = 1) async throws {
        try await recorded.wait { $0.count >= count ? () : nil }
    }
}

extension ScriptedTransport {
    /// A transport that fails every request.
    static func failing(_ reason: TransportFailure.Reason, mayHaveLeft: Bool) -> ScriptedTransport {
        ScriptedTransport { _ throws(TransportFailure) in throw TransportFailure(reason, mayHaveLeft: mayHaveLeft) }
    }

    /// A transport that answers once the gate is open, and responds to cancellation.
    static func waiting(at gate: Gate, mayHaveLeft: Bool = true) -> ScriptedTransport {
        ScriptedTransport { _ throws(TransportFailure) in
            do { try await gate.pass() } catch { throw TransportFailure(.cancelled, mayHaveLeft: mayHaveLeft) }
            return .ok
        }
    }
}

extension UpstreamResponse {
    static let ok = UpstreamResponse(status: .ok)
}
